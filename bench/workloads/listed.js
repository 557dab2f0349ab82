/** @import { User, Workload } from '../contract.ts' */
import { LISTED, LISTS, UNLISTED } from '../flags/apps.js';
import { isOn } from './readings.js';

export const shortListHit = listed('100 listed ids, hit', 'beta_100', LISTED.slice(0, 100));
export const shortListMiss = listed('100 listed ids, miss', 'beta_100', UNLISTED);
export const longListHit = listed('10,000 listed ids, hit', 'beta_10000', LISTED);
export const longListMiss = listed('10,000 listed ids, miss', 'beta_10000', UNLISTED);

/**
 * @param {string} name
 * @param {string} flag
 * @param {readonly User[]} users all of them listed, or none
 * @returns {Workload}
 */
function listed(name, flag, users) {
  return {
    name,
    needs: ['listed'],
    flags: LISTS,
    users,
    flag,
    reads: 'context',
    reading: isOn,
    wanted: true,
    share: users === UNLISTED ? [0, 0] : [1, 1],
    goal: { nanoseconds: 80 },
  };
}
