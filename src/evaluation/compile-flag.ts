import type { Allocation } from './allocations/allocation.js';
import { AllocationCompiler } from './allocations/allocation-compiler.js';
import { Code } from './allocations/code.js';
import { Fixed } from './allocations/fixed.js';
import type { About, CompiledFlag, CompiledRule } from './compiled-flag.js';
import { flagsServe } from './conditions/compile-condition.js';
import type { SharedConditions } from './conditions/shared-conditions.js';
import type { ParsedFlag } from './definition/parse.js';
import type { FlagDefinition, RuleDefinition } from './definition/schema.js';
import { Outcome } from './details.js';
import type { Shut } from './drafts.js';
import type { FeatureFlagConfig } from './flag-config.js';
import { Place } from './place.js';
import { userOverrides } from './user-overrides.js';
import type { VariantSets } from './variant-sets.js';
import { VariantSet } from './variants.js';

/** What a flag is made of: code, data, or data over code. */
export interface FlagSource {
  readonly name: string;
  readonly place: Place;
  readonly config?: FeatureFlagConfig | undefined;
  readonly parsed?: ParsedFlag | undefined;
}

/** What the flags of one snapshot have in common. */
export interface Shared {
  readonly conditions: SharedConditions;
  readonly variantSets: VariantSets;
}

const NOTHING: FlagDefinition = {};
const NO_RULES: readonly CompiledRule[] = [];

/**
 * Makes a flag ready to be decided: everything that can be checked, parsed or looked up is so now.
 *
 * @throws GatekeeperError `INVALID_FLAG` or `INVALID_DEFINITION`, naming place, value and fix
 */
export function compileFlag(source: FlagSource, shared: Shared): CompiledFlag {
  const { name, place, config, parsed } = source;
  const definition = parsed?.definition ?? NOTHING;
  const { killed = false, enabled = true, prerequisites: wanted } = definition;
  const variants = variantsOf(source, definition, shared.variantSets);
  const allocations = new AllocationCompiler(
    variants,
    definition.salt ?? config?.salt ?? name,
    definition.bucketBy ?? config?.bucketBy,
  );
  const allocation = ownAllocation(source, definition, allocations, variants);
  const pinned = pinnedUsers(source, definition, variants);
  const prerequisites = wanted && flagsServe(wanted, place.at('prerequisites'), shared.conditions.names);
  const rules = compileRules(definition.rules, allocations, variants, place, shared.conditions);
  const asksNothing = pinned === undefined && prerequisites === undefined && rules.length === 0;
  const same = asksNothing && allocation instanceof Fixed ? allocation.outcome : undefined;
  return {
    name,
    config,
    about: parsed?.inFull ? aboutOf(definition) : undefined,
    variants,
    killed,
    enabled,
    overridable: definition.overridable ?? config?.overridable ?? (definition.kind ?? config?.kind) !== 'permission',
    userOverrides: pinned,
    prerequisites,
    rules,
    allocation,
    constant: killed || (!enabled && pinned === undefined) ? variants.disabled : same,
    problem: undefined,
  };
}

const NOTHING_SAID: About = Object.freeze({});

function aboutOf({ description, kind, owner, expires, tags }: FlagDefinition): About {
  const said = [description, kind, owner, expires, tags].some((part) => part !== undefined);
  return said ? { description, kind, owner, expires, tags } : NOTHING_SAID;
}

/** What becomes of a flag whose definition cannot be used: its code decides, or it is off; and it says why. */
export function compileBroken(
  source: FlagSource,
  shared: Shared,
  problem: string,
  { killed, enabled }: Shut,
): CompiledFlag {
  const { name, place, config, parsed } = source;
  // That it is shut can be read all the same, and a slip elsewhere must not open it.
  const below = parsed ?? { definition: NOTHING, inFull: false, onlyListed: false };
  const definition = { ...below.definition, killed, enabled };
  const flag = compileFlag({ name, place, config, parsed: { ...below, definition } }, shared);
  if (config !== undefined || parsed !== undefined) return { ...flag, problem };
  const { off } = flag.variants;
  const outcome = new Outcome(off, flag.variants.value(off), 'ERROR', true, undefined, 'PARSE_ERROR');
  const allocation = new Fixed(outcome, `Its definition cannot be used: ${problem}`);
  return { ...flag, killed: false, enabled: true, overridable: false, allocation, constant: outcome, problem };
}

function variantsOf(
  { name, place, config }: FlagSource,
  { variants, off }: FlagDefinition,
  variantSets: VariantSets,
): VariantSet {
  if (config === undefined) {
    return variants === undefined && off === undefined ? variantSets.boolean : variantSets.of(variants, off, place);
  }
  if (variants !== undefined) {
    throw place.at('variants').error('this flag has its variants in code; remove them here, or change the class');
  }
  return new VariantSet(config.variants, off ?? config.offVariant, off === undefined ? inCode(name) : place);
}

function pinnedUsers(
  { name, place, config }: FlagSource,
  { overrides }: FlagDefinition,
  variants: VariantSet,
): ReadonlyMap<string, Outcome> | undefined {
  if (config?.overrides === undefined && overrides === undefined) return undefined;
  return userOverrides(
    [
      { overrides: config?.overrides, place: inCode(name) },
      { overrides, place },
    ],
    variants,
  );
}

function inCode(name: string): Place {
  return new Place('Flag', name);
}

function ownAllocation(
  { config, parsed, place }: FlagSource,
  { serve }: FlagDefinition,
  allocations: AllocationCompiler,
  variants: VariantSet,
): Allocation {
  if (serve !== undefined && serve !== null) return allocations.compile(serve, place.at('serve'));
  if (config !== undefined) return new Code(config, variants);
  return variants.everyone(parsed?.onlyListed ? variants.off : variants.on);
}

function compileRules(
  rules: readonly RuleDefinition[] | undefined,
  allocations: AllocationCompiler,
  variants: VariantSet,
  place: Place,
  conditions: SharedConditions,
): readonly CompiledRule[] {
  if (rules === undefined || rules.length === 0) return NO_RULES;
  const outer = place.at('rules');
  return rules.map((rule, index) => {
    const { name = String(index + 1), when, serve = variants.on } = rule;
    const at = outer.at(index);
    return {
      name,
      condition: conditions.of(when, at.at('when')),
      allocation: allocations.compile(serve, at.at('serve'), name),
    };
  });
}
