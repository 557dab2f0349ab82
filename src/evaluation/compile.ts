import type { Allocation } from './allocations/allocation.js';
import { Code } from './allocations/code.js';
import { AllocationCompiler } from './allocations/compile.js';
import { Fixed } from './allocations/fixed.js';
import { Dice } from './bucketing.js';
import type { About, CompiledFlag, CompiledRule } from './compiled-flag.js';
import { compileCondition, flagsServe, type Names } from './conditions/compile.js';
import type { ParsedFlag } from './definition/parse.js';
import type { FlagDefinition, RuleDefinition } from './definition/schema.js';
import { Outcome } from './details.js';
import type { FeatureFlagConfig } from './flag-config.js';
import { Place } from './place.js';
import { userOverrides } from './user-overrides.js';
import type { VariantSets } from './variant-sets.js';
import { BOOLEAN_VARIANTS, VariantSet } from './variants.js';

/** What a flag is made of: code, data, or data over code. */
export interface FlagSource {
  readonly name: string;
  readonly place: Place;
  readonly config?: FeatureFlagConfig | undefined;
  readonly parsed?: ParsedFlag | undefined;
  /** What its conditions may refer to. */
  readonly names: Names;
  readonly variantSets: VariantSets;
}

const NOTHING: FlagDefinition = {};
const NO_RULES: readonly CompiledRule[] = [];

/**
 * Makes a flag ready to be decided: everything that can be checked, parsed or looked up is so now.
 *
 * @throws GatekeeperError `INVALID_FLAG` or `INVALID_DEFINITION`, naming place, value and fix
 */
export function compileFlag(source: FlagSource): CompiledFlag {
  const { name, place, config, parsed, names } = source;
  const definition = parsed?.definition ?? NOTHING;
  const { killed = false, enabled = true, rules: ruleDefinitions, prerequisites: wanted } = definition;
  const inClass = config === undefined ? place : new Place('Flag', name);
  const variants = variantsOf(source, definition, inClass);
  const allocations = allocationsOf(source, definition, variants);
  const allocation = ownAllocation(source, definition, allocations(), variants);
  const pinned = userOverrides(
    [
      { overrides: config?.overrides, place: inClass },
      { overrides: definition.overrides, place },
    ],
    variants,
  );
  const prerequisites = wanted && flagsServe(wanted, place.at('prerequisites'), names);
  const rules = ruleDefinitions?.length
    ? ruleDefinitions.map((rule, index) => compileRule(rule, index, allocations, variants, place, names))
    : NO_RULES;
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

/** Whether a flag is shut, as far as its definition can be read. */
export interface Shut {
  readonly killed: boolean;
  readonly enabled: boolean;
}

/** What becomes of a flag whose definition cannot be used: its code decides, or it is off; and it says why. */
export function compileBroken(source: FlagSource, problem: string, { killed, enabled }: Shut): CompiledFlag {
  // That it is shut can be read all the same, and a slip elsewhere must not open it.
  const below = source.parsed ?? { definition: NOTHING, inFull: false, onlyListed: false };
  const flag = compileFlag({ ...source, parsed: { ...below, definition: { ...below.definition, killed, enabled } } });
  if (source.config !== undefined || source.parsed !== undefined) return { ...flag, problem };
  const { off } = flag.variants;
  const outcome = new Outcome(off, flag.variants.value(off), 'ERROR', true, undefined, 'PARSE_ERROR');
  const allocation = new Fixed(outcome, `Its definition cannot be used: ${problem}`);
  return { ...flag, killed: false, enabled: true, overridable: false, allocation, constant: outcome, problem };
}

function variantsOf(
  { place, config, variantSets }: FlagSource,
  definition: FlagDefinition,
  inClass: Place,
): VariantSet {
  if (config === undefined) {
    if (definition.variants === undefined && definition.off === undefined) return BOOLEAN_VARIANTS;
    return variantSets.of(definition.variants ?? { on: true, off: false }, definition.off, place);
  }
  if (definition.variants !== undefined) {
    throw place.at('variants').error('this flag has its variants in code; remove them here, or change the class');
  }
  return new VariantSet(
    config.variants,
    definition.off ?? config.offVariant,
    definition.off === undefined ? inClass : place,
  );
}

/** Makes the compiler of what one rule, or the flag itself, serves. */
type Allocations = (ruleName?: string) => AllocationCompiler;

function allocationsOf({ name, config }: FlagSource, definition: FlagDefinition, variants: VariantSet): Allocations {
  const bucketBy = definition.bucketBy ?? config?.bucketBy;
  // Made when something is bucketed: most flags never need them.
  let dice: Dice | undefined;
  const diceOf = (): Dice => {
    dice ??= new Dice(definition.salt ?? config?.salt ?? name);
    return dice;
  };
  return (ruleName) => new AllocationCompiler(variants, diceOf, bucketBy, ruleName);
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

function compileRule(
  rule: RuleDefinition,
  index: number,
  allocations: Allocations,
  variants: VariantSet,
  place: Place,
  names: Names,
): CompiledRule {
  const name = rule.name ?? String(index + 1);
  const at = place.at('rules').at(index);
  return {
    name,
    condition: compileCondition(rule.when, at.at('when'), names),
    allocation: allocations(name).compile(rule.serve ?? variants.on, at.at('serve')),
  };
}
