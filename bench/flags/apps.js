/** @import { Flag } from '../contract.ts' */
import { experiment } from './experiment.js';
import { people } from './people.js';

/** How many of each kind a hundred flags have. */
const MIX = { switch: 50, rollout: 30, listed: 10, experiment: 10 };

/**
 * The flags of a grown app: half of them switches, then rollouts, short lists and experiments.
 *
 * @param {number} count
 * @param {string} prefix
 * @returns {Flag[]}
 */
export function mixedFlags(count, prefix) {
  return Array.from({ length: count }, (_, index) => mixedFlag(index, `${prefix}_${index}`));
}

/**
 * @param {number} index
 * @param {string} name
 * @returns {Flag}
 */
function mixedFlag(index, name) {
  // 37 and 100 have no common divisor: the kinds are scattered rather than in runs.
  const place = (index * 37) % 100;
  if (place < MIX.switch) return { kind: 'switch', name, on: place % 2 === 0 };
  if (place < MIX.switch + MIX.rollout) return { kind: 'rollout', name, percentage: 20 };
  if (place >= 100 - MIX.experiment) return experiment(name);
  return { kind: 'listed', name, ids: people(index, index + 10).map(({ id }) => id) };
}

/** Whoever the long list lists. */
export const LISTED = people(0, 10_000);

/** Whoever asks, unless somebody listed does: so many that no id stays at hand, and no more than a processor's cache holds. */
export const VISITORS = people(10_000, 12_000);

/** @type {readonly Flag[]} */
export const APP = [
  { kind: 'switch', name: 'dark_mode', on: true },
  { kind: 'switch', name: 'old_banner', on: false },
  { kind: 'rollout', name: 'new_search', percentage: 20 },
  { kind: 'rollout', name: 'new_footer', percentage: 50 },
  experiment('checkout'),
  ...mixedFlags(995, 'feature'),
];

/** @type {readonly Flag[]} */
export const LISTS = [
  { kind: 'listed', name: 'beta_100', ids: LISTED.slice(0, 100).map(({ id }) => id) },
  { kind: 'listed', name: 'beta_10000', ids: LISTED.map(({ id }) => id) },
];
