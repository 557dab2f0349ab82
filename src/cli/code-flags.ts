import { didYouMean } from '../evaluation/closest.js';
import { parseFlag, parseSegment } from '../evaluation/definition/parse.js';
import type { FlagDefinition } from '../evaluation/definition/schema.js';
import type { ServeDefinition } from '../evaluation/definition/serve-schema.js';
import { FeatureFlagConfig } from '../evaluation/flag-config.js';
import { hasUnsafeCharacters } from '../evaluation/names.js';
import { Place } from '../evaluation/place.js';
import type { StoreContent } from '../stores/store.js';

const BOOLEAN = ['on', 'off'];

/** Flag → the variants that definitions name of it though it has none of its own. */
export type CodeFlags = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The flags that must be classes in the app's code, of which the command knows nothing, if the definitions are to make sense:
 * they have no `variants`, and variants of theirs are named.
 *
 * @param gone flags that are surely not in code only: they are just being deleted
 */
export function codeFlags({ flags, segments }: StoreContent, gone: ReadonlySet<string>): CodeFlags {
  const named = new Named();
  for (const [name, input] of Object.entries(segments)) {
    named.quietly(() => named.inCondition(parseSegment(input, new Place('Segment', name)).when));
  }
  for (const [name, input] of Object.entries(flags)) {
    named.quietly(() => named.inDefinition(name, parseFlag(input, new Place('Flag', name)).definition));
  }
  const there = Object.keys(flags);
  for (const name of named.variants.keys()) {
    const elsewhere = !Object.hasOwn(flags, name);
    // What is close to a name that is there is rather a slip.
    if (named.closed.has(name) || (elsewhere && (gone.has(name) || didYouMean(name, there) !== ''))) {
      named.variants.delete(name);
    }
  }
  return named.variants;
}

/** Classes with such flags and variants. */
export function standIns(flags: CodeFlags): FeatureFlagConfig[] {
  return [...flags].map(([name, variants]) => new StandIn(name, [...new Set([...variants, ...BOOLEAN])]));
}

class StandIn extends FeatureFlagConfig {
  constructor(
    readonly flagName: string,
    readonly variants: readonly string[],
  ) {
    super();
  }

  pickVariant(): string {
    return 'off';
  }
}

class Named {
  readonly variants = new Map<string, Set<string>>();
  /** Flags that list their variants. */
  readonly closed = new Set<string>();

  /** What cannot be read names nothing; others say why. */
  quietly(read: () => void): void {
    try {
      read();
    } catch {
      // Told when it is checked.
    }
  }

  inDefinition(name: string, definition: FlagDefinition): void {
    const { variants, off, overrides, serve, rules = [], prerequisites } = definition;
    if (variants !== undefined) this.closed.add(name);
    this.#add(name, [off, ...Object.keys(overrides ?? {}), ...variantsIn(serve)]);
    for (const rule of rules) {
      this.#add(name, variantsIn(rule.serve));
      this.inCondition(rule.when);
    }
    this.inCondition({ flag: prerequisites });
  }

  inCondition(condition: unknown): void {
    if (typeof condition !== 'object' || condition === null) return;
    const { all, any, not, flag } = condition as Readonly<Record<string, unknown>>;
    for (const part of [all, any, not].flat()) this.inCondition(part);
    for (const [name, wanted] of Object.entries(flag ?? {})) {
      this.#add(name, typeof wanted === 'boolean' ? [] : ([wanted].flat() as string[]), true);
    }
  }

  #add(flag: string, variants: readonly (string | undefined)[], always = false): void {
    const unknown = variants.filter(
      (variant) => variant !== undefined && !BOOLEAN.includes(variant) && isName(variant),
    );
    if ((unknown.length === 0 && !always) || !isName(flag)) return;
    const known = this.variants.get(flag) ?? new Set();
    for (const variant of unknown) if (variant !== undefined) known.add(variant);
    this.variants.set(flag, known);
  }
}

function variantsIn(serve: ServeDefinition | null | undefined): readonly (string | undefined)[] {
  if (serve === undefined || serve === null) return [];
  if (typeof serve === 'string') return [serve];
  return [serve.variant, serve.ramp?.variant, ...Object.keys(serve.split ?? {})];
}

function isName(text: string): boolean {
  return text !== '' && text === text.trim() && text.length <= 100 && !hasUnsafeCharacters(text);
}
