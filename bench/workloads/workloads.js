/** @import { Workload } from '../contract.ts' */
import { allOfThousand } from './all.js';
import { constant, constantReadLater, constantWithContext } from './constant.js';
import { fiveRulesThenSplit } from './experiment.js';
import { longListHit, longListMiss, shortListHit, shortListMiss } from './listed.js';
import { rollout } from './rollout.js';
import { unknown } from './unknown.js';

/**
 * The rows of the table.
 *
 * @type {readonly Workload[]}
 */
export const WORKLOADS = [
  constant,
  constantReadLater,
  constantWithContext,
  rollout,
  fiveRulesThenSplit,
  shortListHit,
  longListHit,
  shortListMiss,
  longListMiss,
  unknown,
  allOfThousand,
];
