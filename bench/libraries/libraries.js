/** @import { Library } from '../contract.ts' */
import { featurevisor } from './featurevisor.js';
import { fflip } from './fflip.js';
import { flagd } from './flagd.js';
import { floor } from './floor.js';
import { gatekeeperByRequest } from './gatekeeper/by-request.js';
import { gatekeeperByUser } from './gatekeeper/by-user.js';
import { growthbook } from './growthbook.js';
import { launchdarkly } from './launchdarkly.js';
import { statsigServer } from './statsig.js';
import { unleash } from './unleash.js';

/** The columns of the table. */
export const OURS = [gatekeeperByUser, gatekeeperByRequest];

/** @type {readonly Library[]} */
export const LIBRARIES = [floor, ...OURS, flagd, growthbook, unleash, launchdarkly, statsigServer, featurevisor, fflip];

/**
 * @param {string} name
 * @returns {Library}
 */
export function libraryNamed(name) {
  const library = LIBRARIES.find((each) => each.name === name);
  if (library !== undefined) return library;
  throw new RangeError(
    `There is no library ${JSON.stringify(name)}; there are ${LIBRARIES.map((each) => each.name).join(', ')}.`,
  );
}
