/** @import { Workload } from '../contract.ts' */
import { APP, VISITORS } from '../flags/apps.js';
import { isOn } from './readings.js';

/** @type {Workload} */
export const unknown = {
  name: 'unknown flag',
  needs: ['switch'],
  flags: APP,
  users: VISITORS,
  flag: 'forgotten_flag',
  reads: 'context',
  reading: isOn,
  wanted: true,
  share: [0, 0],
  goal: { nanoseconds: 20 },
};
