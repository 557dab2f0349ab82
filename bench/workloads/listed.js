/** @import { User, Workload } from '../contract.ts' */
import { LISTED, LISTS, VISITORS } from '../flags/apps.js';
import { isOn } from './readings.js';

export const shortListHit = listed('100 listed ids, hit', 'beta_100', LISTED.slice(0, 100));
export const shortListMiss = listed('100 listed ids, miss', 'beta_100', VISITORS);
export const longListHit = listed('10,000 listed ids, hit', 'beta_10000', everyFifth(LISTED));
export const longListMiss = listed('10,000 listed ids, miss', 'beta_10000', VISITORS);

/**
 * As many as there are visitors, from all over the list.
 *
 * @param {readonly User[]} users
 */
function everyFifth(users) {
  return users.filter((_, index) => index % 5 === 0);
}

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
    share: users === VISITORS ? [0, 0] : [1, 1],
    goal: { nanoseconds: 80 },
  };
}
