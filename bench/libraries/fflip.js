/** @import { Flag, Library, User } from '../contract.ts' */
import { createRequire } from 'node:module';
import { murmur3 } from '../../dist/evaluation/hash.js';

const require = createRequire(import.meta.url);

/** fflip has no rules of its own: apps write them. These are the shortest that do the work. */
const CRITERIA = [
  { id: 'listed', check: (/** @type {User} */ { id }, /** @type {ReadonlySet<string>} */ ids) => ids.has(id) },
  {
    id: 'share',
    check: (/** @type {User} */ { id }, /** @type {{ salt: string, percentage: number }} */ { salt, percentage }) =>
      murmur3(salt + id) < (percentage / 100) * 2 ** 32,
  },
];

/**
 * fflip, with criteria written for it.
 *
 * @type {Library}
 */
export const fflip = {
  name: 'fflip',
  package: 'fflip',
  lacks: { experiment: 'has no variants' },

  definitions: (flags) => JSON.stringify(flags),

  load(definitions) {
    const instance = ownCopy();
    instance.config({ criteria: CRITERIA, features: JSON.parse(definitions).map(feature) });
    return {
      context: (/** @type {User} */ user) => user,
      isOn: (/** @type {User} */ user, flag) => instance.isFeatureEnabledForUser(flag, user),
      variant: (/** @type {User} */ user, flag) => instance.isFeatureEnabledForUser(flag, user),
      all: (/** @type {User} */ user) => instance.getFeaturesForUser(user),
      one: (all, flag) => all[flag],
    };
  },
};

/** Its flags are the module's own, so that a second set of flags takes a second module. */
function ownCopy() {
  const path = require.resolve('fflip');
  delete require.cache[path];
  return require(path);
}

/** @param {Flag} flag */
function feature(flag) {
  const { name: id } = flag;
  switch (flag.kind) {
    case 'switch':
      return { id, enabled: flag.on };
    case 'rollout':
      return { id, criteria: { share: { salt: id, percentage: flag.percentage } } };
    case 'listed':
      return { id, criteria: { listed: new Set(flag.ids) } };
    case 'experiment':
      return { id, enabled: false };
  }
}
