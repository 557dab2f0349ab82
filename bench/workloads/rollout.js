/** @import { Workload } from '../contract.ts' */
import { APP, UNLISTED } from '../flags/apps.js';
import { asBefore } from './oracles.js';
import { isOn } from './readings.js';

/** @type {Workload} */
export const rollout = {
  name: '20 % rollout',
  needs: ['rollout'],
  flags: APP,
  users: UNLISTED,
  flag: 'new_search',
  reads: 'context',
  reading: isOn,
  wanted: true,
  // Of 10,000 users, four standard deviations to either side.
  share: [0.184, 0.216],
  oracle: asBefore(({ isOn: read }, context) => read(context, 'new_search'), UNLISTED.slice(0, 1000)),
  goal: { nanoseconds: 100, bytes: 50 },
};
