/** @import { Workload } from '../contract.ts' */
import { APP, UNLISTED } from '../flags/apps.js';
import { MATCHERS } from '../flags/experiment.js';
import { allOf, asBefore, contextFor, sharesAre } from './oracles.js';
import { variant } from './readings.js';

/** @type {Workload} */
export const fiveRulesThenSplit = {
  name: 'five rules missed, then 50/25/25',
  needs: ['experiment'],
  flags: APP,
  users: UNLISTED,
  flag: 'checkout',
  reads: 'context',
  reading: variant,
  wanted: 'control',
  share: [0.48, 0.52],
  oracle: allOf([
    asBefore(({ variant: read }, context) => read(context, 'checkout'), UNLISTED.slice(0, 1000)),
    sharesAre('checkout', { control: [0.48, 0.52], one_click: [0.232, 0.268], wallet: [0.232, 0.268] }, UNLISTED),
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
