/** @import { Workload } from '../contract.ts' */
import { APP, UNLISTED } from '../flags/apps.js';
import { contextAndIsOn, isOn } from './readings.js';
import { everyoneIsOff } from './oracles.js';

const common = {
  needs: /** @type {const} */ (['switch']),
  flags: APP,
  users: UNLISTED,
  flag: 'dark_mode',
  wanted: true,
  share: /** @type {const} */ ([1, 1]),
  oracle: everyoneIsOff('old_banner', UNLISTED.slice(0, 100)),
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
export const constantWithContext = {
  ...common,
  name: '… with the making of its context',
  reads: 'arrival',
  reading: contextAndIsOn,
};
