/** @import { Workload } from '../contract.ts' */
import { APP, VISITORS } from '../flags/apps.js';
import { everyoneIsOff } from './oracles.js';
import { contextAndIsOn, isOn } from './readings.js';

const common = {
  needs: /** @type {const} */ (['switch']),
  flags: APP,
  users: VISITORS,
  flag: 'dark_mode',
  wanted: true,
  share: /** @type {const} */ ([1, 1]),
  oracle: everyoneIsOff('old_banner', VISITORS.slice(0, 100)),
};

/** @type {Workload} */
export const constant = {
  ...common,
  name: 'constant flag, first read in a request',
  reads: 'context',
  reading: isOn,
  goal: { nanoseconds: 25, bytes: 0 },
};

/** @type {Workload} */
export const constantReadLater = {
  ...common,
  name: '… once another flag was read',
  needs: ['switch', 'rollout'],
  reads: 'used context',
  before: 'new_footer',
  reading: isOn,
  goal: { nanoseconds: 25, bytes: 0 },
};

/** @type {Workload} */
export const constantWithContext = {
  ...common,
  name: '… with the making of its context',
  reads: 'arrival',
  reading: contextAndIsOn,
};
