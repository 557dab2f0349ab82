import type { Scalar } from '../../evaluation/definition/condition-schema.js';
import { isPlain } from '../../evaluation/json-value.js';
import type { RecentContext } from '../../runtime/recent-contexts.js';
import { scalars, texts } from '../editing/typed-text.js';

/** More than these nobody looks through. */
const MOST_ATTRIBUTES = 60;
const MOST_VALUES = 12;
const LONGEST = 80;
const DEEPEST = 3;

/** An attribute that was seen, and what it was seen to be. */
export interface Suggestion {
  /** As both stand in a field. */
  readonly attribute: string;
  readonly values: readonly string[];
}

/** Attributes as people who used the app had them, those of most people first. */
export function suggestionsFrom(contexts: readonly RecentContext[]): Suggestion[] {
  const seen = new Map<string, Map<string, number>>();
  for (const { userId, attributes } of contexts) {
    if (userId !== undefined) note(seen, 'userId', userId);
    collect(seen, attributes, '', 1);
  }
  return [...seen]
    .sort(([, one], [, other]) => total(other) - total(one))
    .slice(0, MOST_ATTRIBUTES)
    .map(([attribute, values]) => ({
      attribute: texts.typed(attribute),
      values: [...values]
        .sort(([, one], [, other]) => other - one)
        .slice(0, MOST_VALUES)
        .map(([value]) => value),
    }));
}

type Seen = Map<string, Map<string, number>>;

function collect(seen: Seen, attributes: Readonly<Record<string, unknown>>, path: string, depth: number): void {
  for (const [key, value] of Object.entries(attributes)) {
    const attribute = `${path}${key}`;
    if (isPlain(value)) {
      if (depth < DEEPEST) collect(seen, value, `${attribute}.`, depth + 1);
    } else for (const each of [value].flat()) note(seen, attribute, each);
  }
}

function note(seen: Seen, attribute: string, value: unknown): void {
  if (!isScalar(value) || attribute.length > LONGEST) return;
  const text = scalars.typed(value);
  if (text.length > LONGEST) return;
  const values = seen.get(attribute) ?? new Map<string, number>();
  values.set(text, (values.get(text) ?? 0) + 1);
  seen.set(attribute, values);
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function total(values: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const count of values.values()) sum += count;
  return sum;
}
