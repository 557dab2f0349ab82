/** @import { Workload } from '../contract.ts' */
import { APP, VISITORS } from '../flags/apps.js';
import { asBefore } from './oracles.js';
import { isOn } from './readings.js';

/** @type {Workload} */
export const rollout = {
  name: '20 % rollout',
  needs: ['rollout'],
  flags: APP,
  users: VISITORS,
  flag: 'new_search',
  reads: 'context',
  reading: isOn,
  wanted: true,
  // Of 2,000 users, four standard deviations to either side.
  share: [0.164, 0.236],
  oracle: asBefore(({ isOn: read }, context) => read(context, 'new_search'), VISITORS),
  goal: { nanoseconds: 100, bytes: 50 },
};
