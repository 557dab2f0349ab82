import { shown } from '../../errors.js';
import { Dice } from '../bucketing.js';
import { didYouMean } from '../closest.js';
import type { RampDefinition, ServeDefinition } from '../definition/serve-schema.js';
import type { Outcome } from '../details.js';
import { daysAfter, parseInstant } from '../instants.js';
import type { Place } from '../place.js';
import type { VariantSet } from '../variants.js';
import type { Allocation } from './allocation.js';
import type { Buckets } from './bucketed.js';
import { Fixed } from './fixed.js';
import { Percentage } from './percentage.js';
import { Ramp, type RampStep } from './ramp.js';
import { Split } from './split.js';
import { TimeWindow } from './window.js';

/** Turns what one flag and its rules serve into allocations. */
export class AllocationCompiler {
  readonly #variants: VariantSet;
  readonly #salt: string;
  readonly #bucketBy: string | undefined;
  /** Made when something is bucketed: most flags never need them. */
  #dice: Dice | undefined;

  constructor(variants: VariantSet, salt: string, bucketBy: string | undefined) {
    this.#variants = variants;
    this.#salt = salt;
    this.#bucketBy = bucketBy;
  }

  /**
   * @param rule the name of the rule that serves it; `undefined` for the flag itself
   * @throws GatekeeperError `INVALID_DEFINITION` naming place, value and fix
   */
  compile(serve: ServeDefinition, place: Place, rule?: string): Allocation {
    if (typeof serve === 'string') return this.#variants.everyone(this.#known(serve, place), rule);
    if (serve.split !== undefined) return this.#split(serve.split, place.at('split'), rule);
    if (serve.ramp !== undefined) return this.#ramp(serve.ramp, place.at('ramp'), rule);
    if (serve.percentage !== undefined) return this.#percentage(serve.percentage, serve.variant, place, rule);
    return this.#window(serve, place, rule);
  }

  #percentage(percentage: number, variant: string | undefined, place: Place, rule: string | undefined): Allocation {
    // Nobody and everybody need no bucket, and so no id.
    if (percentage === 0)
      return new Fixed(this.#fixed(this.#variants.off, rule), `0 % get ${variant ?? this.#variants.on}.`);
    const on = this.#on(variant, place);
    if (percentage === 100) return this.#variants.everyone(on, rule);
    return new Percentage(
      percentage,
      this.#drawn(on, rule),
      this.#drawn(this.#variants.off, rule),
      this.#buckets(rule),
    );
  }

  #split(weights: Readonly<Record<string, number>>, place: Place, rule: string | undefined): Allocation {
    const buckets = this.#buckets(rule);
    const shares = Object.entries(weights).map(([variant, weight]) => {
      const outcome = this.#drawn(this.#known(variant, place.at(variant)), rule);
      return { variant, weight, seed: buckets.dice.share(variant, weight).seed, outcome };
    });
    return new Split(shares, buckets);
  }

  #ramp(ramp: RampDefinition, place: Place, rule: string | undefined): Allocation {
    const steps = rampSteps(ramp);
    // Days as they are written: at the end of one that a change of clocks cuts short, two steps may come at once.
    if (!isRising(ramp.days?.map(([day]) => day) ?? steps.map(({ from }) => from))) {
      throw place.error('its steps are not in the order of time; list each later than the one before');
    }
    const on = this.#on(ramp.variant, place);
    return new Ramp(steps, this.#drawn(on, rule), this.#drawn(this.#variants.off, rule), this.#buckets(rule));
  }

  #window(window: Exclude<ServeDefinition, string>, place: Place, rule: string | undefined): Allocation {
    const { from, until, timeZone = 'UTC', variant } = window;
    const begin = from === undefined ? Number.NEGATIVE_INFINITY : parseInstant(from, timeZone);
    const end = until === undefined ? Number.POSITIVE_INFINITY : parseInstant(until, timeZone);
    if (begin >= end) throw place.error(`ends (until ${until}) before it begins (from ${from}); exchange them`);
    const on = this.#on(variant, place);
    return new TimeWindow(begin, end, this.#fixed(on, rule), this.#fixed(this.#variants.off, rule));
  }

  #on(variant: string | undefined, place: Place): string {
    return variant === undefined ? this.#variants.on : this.#known(variant, place.at('variant'));
  }

  #known(variant: string, place: Place): string {
    if (this.#variants.has(variant)) return variant;
    const meant = didYouMean(variant, this.#variants.names);
    throw place.error(`${shown(variant)} is not one of the variants ${this.#variants}${meant}`);
  }

  /** What a variant comes to for those whom nothing but the rule, if any, has chosen. */
  #fixed(variant: string, rule: string | undefined): Outcome {
    return this.#variants.outcome(variant, rule === undefined ? 'STATIC' : 'TARGETING_MATCH', rule);
  }

  /** What a variant comes to for those whose bucket it is. */
  #drawn(variant: string, rule: string | undefined): Outcome {
    return this.#variants.outcome(variant, 'SPLIT', rule);
  }

  #buckets(rule: string | undefined): Buckets {
    this.#dice ??= new Dice(this.#salt);
    const unitless = this.#variants.outcome(this.#variants.off, 'DEFAULT', rule);
    return { dice: this.#dice, by: this.#bucketBy, unitless };
  }
}

function isRising(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => number > (numbers[index - 1] ?? Number.NEGATIVE_INFINITY));
}

function rampSteps({ start, days, at, timeZone = 'UTC' }: RampDefinition): RampStep[] {
  if (at !== undefined)
    return at.map(([instant, percentage]) => ({ from: parseInstant(instant, timeZone), percentage }));
  return (days ?? []).map(([day, percentage]) => ({ from: daysAfter(start ?? '', day, timeZone), percentage }));
}
