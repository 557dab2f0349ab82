import { GatekeeperError, shown } from '../errors.js';
import { type Allocation, Code, Fixed, Percentage, Split } from './allocation.js';
import { Dice } from './bucketing.js';
import type { CompiledFlag, CompiledRule } from './compiled-flag.js';
import { ListedUsers } from './condition.js';
import type { FlagDefinition, RuleDefinition, ServeDefinition } from './definition.js';
import { Outcome, type Reason } from './details.js';
import type { FeatureFlagConfig } from './flag-config.js';
import { pinned } from './user-overrides.js';
import { BOOLEAN_VARIANTS, VariantSet } from './variants.js';

/** What a flag is made of: code, data, or data over code. */
export interface FlagSource {
  readonly name: string;
  /** The flag as it should be named in messages. */
  readonly place: string;
  readonly config?: FeatureFlagConfig | undefined;
  readonly definition?: FlagDefinition | undefined;
  /** Told of each failure of the flag's own code. */
  readonly report: (problem: string, error?: unknown) => void;
}

/**
 * Makes a flag ready to be decided: everything that can be checked, parsed or looked up is so now.
 *
 * @throws GatekeeperError `INVALID_FLAG` or `INVALID_DEFINITION`, naming flag, value and fix
 */
export function compileFlag(source: FlagSource): CompiledFlag {
  const { name, place, config, definition = {} } = source;
  const variants = variantsOf(source);
  const kind = definition.kind ?? config?.kind;
  const salt = new Dice(definition.salt ?? config?.salt ?? name);
  const compiler = new AllocationCompiler(place, variants, salt, definition.bucketBy ?? config?.bucketBy);
  const rules = (definition.rules ?? []).map((rule, index) => compiler.rule(rule, index));
  return {
    name,
    config,
    description: definition.description ?? config?.description,
    variants,
    killed: definition.killed ?? false,
    enabled: definition.enabled ?? true,
    overridable: definition.overridable ?? config?.overridable ?? kind !== 'permission',
    userOverrides: pinned([config?.overrides, definition.overrides], variants, place),
    rules,
    allocation: allocationOf(source, compiler),
  };
}

function variantsOf({ place, config, definition = {} }: FlagSource): VariantSet {
  if (config === undefined) {
    if (definition.variants === undefined && definition.off === undefined) return BOOLEAN_VARIANTS;
    return new VariantSet(definition.variants ?? { on: true, off: false }, definition.off, place);
  }
  if (definition.variants !== undefined) {
    throw new GatekeeperError(
      'INVALID_DEFINITION',
      `${place} has its variants in code; remove \`variants\` from its definition or change the class.`,
    );
  }
  return new VariantSet(config.variants, definition.off ?? config.offVariant, place);
}

function allocationOf({ config, definition = {}, report }: FlagSource, compiler: AllocationCompiler): Allocation {
  if (definition.serve !== undefined && definition.serve !== null) return compiler.allocation(definition.serve);
  if (config !== undefined) return new Code(config, compiler.variants, report);
  // A list of users is for those users: without more said, nobody else gets the flag.
  const everyone = definition.rules === undefined ? compiler.variants.on : compiler.variants.off;
  return new Fixed(compiler.variants.outcome(everyone, 'STATIC'));
}

/** Turns what is served into allocations, for one flag. */
class AllocationCompiler {
  constructor(
    private readonly place: string,
    readonly variants: VariantSet,
    private readonly dice: Dice,
    private readonly bucketBy: string | undefined,
  ) {}

  rule(rule: RuleDefinition, index: number): CompiledRule {
    const name = rule.name ?? `${index + 1}`;
    return {
      name,
      condition: new ListedUsers(rule.when.userId),
      allocation: this.allocation(rule.serve ?? this.variants.on, name),
    };
  }

  allocation(serve: ServeDefinition, ruleName?: string): Allocation {
    if (typeof serve === 'string')
      return new Fixed(this.outcome(serve, ruleName ? 'TARGETING_MATCH' : 'STATIC', ruleName));
    if ('split' in serve) return this.split(serve.split, ruleName);
    const { percentage, variant = this.variants.on } = serve;
    const reason: Reason = percentage === 0 || percentage === 100 ? (ruleName ? 'TARGETING_MATCH' : 'STATIC') : 'SPLIT';
    const inside = this.outcome(variant, reason, ruleName);
    const outside = this.outcome(this.variants.off, reason, ruleName);
    if (reason !== 'SPLIT') return new Fixed(percentage === 0 ? outside : inside);
    return new Percentage(percentage, inside, outside, this.unitless(ruleName), this.dice, this.bucketBy);
  }

  private split(weights: Readonly<Record<string, number>>, ruleName?: string): Allocation {
    const shares = Object.entries(weights).map(([variant, weight]) => ({
      ...this.dice.share(variant, weight),
      outcome: this.outcome(variant, 'SPLIT', ruleName),
    }));
    if (!shares.some(({ weight }) => weight > 0)) {
      throw new GatekeeperError(
        'INVALID_DEFINITION',
        `${this.place} splits by ${shown(weights)}; at least one weight must be above 0.`,
      );
    }
    return new Split(shares, this.unitless(ruleName), this.dice, this.bucketBy);
  }

  private unitless(ruleName?: string): Outcome {
    return this.outcome(this.variants.off, 'DEFAULT', ruleName);
  }

  private outcome(variant: string, reason: Reason, ruleName?: string): Outcome {
    if (!this.variants.has(variant)) {
      throw new GatekeeperError(
        'INVALID_DEFINITION',
        `${this.place} serves ${shown(variant)}, which is not one of its variants ${this.variants}.`,
      );
    }
    if (ruleName === undefined) return this.variants.outcome(variant, reason);
    return new Outcome(variant, this.variants.value(variant), reason, ruleName);
  }
}
