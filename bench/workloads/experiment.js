/** @import { Workload } from '../contract.ts' */
import { APP, VISITORS } from '../flags/apps.js';
import { MATCHERS } from '../flags/experiment.js';
import { allOf, asBefore, contextFor, sharesAre } from './oracles.js';
import { variant } from './readings.js';

// Of 2,000 users, four standard deviations to either side.
const HALF = /** @type {const} */ ([0.455, 0.545]);
const QUARTER = /** @type {const} */ ([0.211, 0.289]);

/** @type {Workload} */
export const fiveRulesThenSplit = {
  name: 'five rules missed, then 50/25/25',
  needs: ['experiment'],
  flags: APP,
  users: VISITORS,
  flag: 'checkout',
  reads: 'context',
  reading: variant,
  wanted: 'control',
  share: HALF,
  oracle: allOf([
    asBefore(({ variant: read }, context) => read(context, 'checkout'), VISITORS),
    sharesAre('checkout', { control: HALF, one_click: QUARTER, wallet: QUARTER }, VISITORS),
    rulesMatch,
  ]),
  goal: { nanoseconds: 350 },
};

/** @type {NonNullable<Workload['oracle']>} */
async function rulesMatch(loaded) {
  for (const { rule, user, variant: expected } of MATCHERS) {
    const got = await loaded.variant(contextFor(loaded, user), 'checkout');
    if (got !== expected) return `whoever matches the rule "${rule}" gets ${got}, not ${expected}`;
  }
  return undefined;
}
