/** @import { Flag, Loaded, Workload } from '../contract.ts' */
import { APP, VISITORS } from '../flags/apps.js';
import { contextFor } from './oracles.js';
import { allAndOne } from './readings.js';

/** @type {Workload} */
export const allOfThousand = {
  name: 'all of 1,000 flags for one user',
  needs: ['switch', 'rollout', 'listed', 'experiment'],
  flags: APP,
  users: VISITORS.slice(0, 200),
  flag: 'dark_mode',
  reads: 'context',
  reading: allAndOne,
  wanted: true,
  share: [1, 1],
  oracle: agreesWithSingleReads,
  goal: { nanoseconds: 200_000 },
};

/** @type {NonNullable<Workload['oracle']>} */
async function agreesWithSingleReads(loaded) {
  for (const user of VISITORS.slice(0, 3)) {
    const all = loaded.all(contextFor(loaded, user));
    for (const flag of APP) {
      const [single, among] = await Promise.all([singleRead(loaded, flag, user), loaded.one(all, flag.name)]);
      if (single !== among) return `${flag.name} is ${single} when read alone and ${among} among all`;
    }
  }
  return undefined;
}

/**
 * @param {Loaded} loaded
 * @param {Flag} flag
 * @param {import('../contract.ts').User} user
 */
function singleRead(loaded, { kind, name }, user) {
  const context = contextFor(loaded, user);
  return kind === 'experiment' ? loaded.variant(context, name) : loaded.isOn(context, name);
}
