import { shown } from '../../errors.js';
import type { Dice } from '../bucketing.js';
import { didYouMean } from '../closest.js';
import type { RampDefinition, ServeDefinition } from '../definition/serve-schema.js';
import { Outcome, type Reason } from '../details.js';
import { parseInstant } from '../instants.js';
import type { Place } from '../place.js';
import type { VariantSet } from '../variants.js';
import type { Allocation } from './allocation.js';
import type { Buckets } from './bucketed.js';
import { Fixed } from './fixed.js';
import { Percentage } from './percentage.js';
import { Ramp, type RampStep } from './ramp.js';
import { Split } from './split.js';
import { TimeWindow } from './window.js';

const DAY = 86_400_000;

/** Turns what is served into an allocation, for one flag or one of its rules. */
export class AllocationCompiler {
  constructor(
    private readonly variants: VariantSet,
    private readonly dice: () => Dice,
    private readonly bucketBy: string | undefined,
    /** The rule that serves it; `undefined` for the flag itself. */
    private readonly ruleName?: string,
  ) {}

  /** @throws GatekeeperError `INVALID_DEFINITION` naming place, value and fix */
  compile(serve: ServeDefinition, place: Place): Allocation {
    if (typeof serve === 'string') return this.#fixed(serve, place);
    if (serve.split !== undefined) return this.#split(serve.split, place.at('split'));
    if (serve.ramp !== undefined) return this.#ramp(serve.ramp, place.at('ramp'));
    if (serve.percentage !== undefined) return this.#percentage(serve.percentage, serve.variant, place);
    return this.#window(serve, place);
  }

  #fixed(variant: string, place: Place): Allocation {
    const outcome = this.#outcome(variant, this.#fixedReason, place);
    return this.ruleName === undefined ? this.variants.everyone(variant) : new Fixed(outcome);
  }

  #percentage(percentage: number, variant: string | undefined, place: Place): Allocation {
    // Nobody and everybody need no bucket, and so no id.
    if (percentage === 0) return new Fixed(this.#off(this.#fixedReason), `0 % get ${variant ?? this.variants.on}.`);
    if (percentage === 100) return new Fixed(this.#on(variant, this.#fixedReason, place));
    return new Percentage(percentage, this.#on(variant, 'SPLIT', place), this.#off('SPLIT'), this.#buckets);
  }

  #split(weights: Readonly<Record<string, number>>, place: Place): Allocation {
    const shares = Object.entries(weights).map(([variant, weight]) => {
      const { seed } = this.dice().share(variant, weight);
      return { variant, weight, seed, outcome: this.#outcome(variant, 'SPLIT', place.at(variant)) };
    });
    return new Split(shares, this.#buckets);
  }

  #ramp(ramp: RampDefinition, place: Place): Allocation {
    const steps = rampSteps(ramp);
    if (steps.some(({ from }, index) => from <= (steps[index - 1]?.from ?? Number.NEGATIVE_INFINITY))) {
      throw place.error('its steps are not in the order of time; list each later than the one before');
    }
    return new Ramp(steps, this.#on(ramp.variant, 'SPLIT', place), this.#off('SPLIT'), this.#buckets);
  }

  #window({ from, until, timeZone = 'UTC', variant }: Exclude<ServeDefinition, string>, place: Place): Allocation {
    const begin = from === undefined ? Number.NEGATIVE_INFINITY : parseInstant(from, timeZone);
    const end = until === undefined ? Number.POSITIVE_INFINITY : parseInstant(until, timeZone);
    if (begin >= end) throw place.error(`ends (until ${until}) before it begins (from ${from}); exchange them`);
    return new TimeWindow(begin, end, this.#on(variant, this.#fixedReason, place), this.#off(this.#fixedReason));
  }

  get #fixedReason(): Reason {
    return this.ruleName === undefined ? 'STATIC' : 'TARGETING_MATCH';
  }

  get #buckets(): Buckets {
    return { dice: this.dice(), by: this.bucketBy, unitless: this.#off('DEFAULT') };
  }

  #on(variant: string | undefined, reason: Reason, place: Place): Outcome {
    return variant === undefined
      ? this.#made(this.variants.on, reason)
      : this.#outcome(variant, reason, place.at('variant'));
  }

  #off(reason: Reason): Outcome {
    return this.#made(this.variants.off, reason);
  }

  #outcome(variant: string, reason: Reason, place: Place): Outcome {
    if (this.variants.has(variant)) return this.#made(variant, reason);
    throw place.error(
      `${shown(variant)} is not one of the variants ${this.variants}${didYouMean(variant, this.variants.names)}`,
    );
  }

  #made(variant: string, reason: Reason): Outcome {
    if (this.ruleName === undefined) return this.variants.outcome(variant, reason);
    return new Outcome(variant, this.variants.value(variant), reason, variant === this.variants.off, this.ruleName);
  }
}

function rampSteps({ start, days, at, timeZone = 'UTC' }: RampDefinition): RampStep[] {
  if (at !== undefined)
    return at.map(([instant, percentage]) => ({ from: parseInstant(instant, timeZone), percentage }));
  const begin = parseInstant(start ?? '', timeZone);
  return (days ?? []).map(([day, percentage]) => ({ from: begin + day * DAY, percentage }));
}
