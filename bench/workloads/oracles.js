/** @import { Loaded, User, Workload } from '../contract.ts' */

/** @typedef {NonNullable<Workload['oracle']>} Oracle tells what is wrong, if anything is */

/**
 * @param {Loaded} loaded
 * @param {User} user
 */
export function contextFor(loaded, user) {
  return loaded.context(loaded.arrive === undefined ? user : loaded.arrive(user));
}

/**
 * @param {readonly Oracle[]} oracles
 * @returns {Oracle}
 */
export function allOf(oracles) {
  return async (loaded) => {
    for (const oracle of oracles) {
      const problem = await oracle(loaded);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
}

/**
 * The same user, coming back, gets the same.
 *
 * @param {(loaded: Loaded, context: unknown) => unknown} read
 * @param {readonly User[]} users
 * @returns {Oracle}
 */
export function asBefore(read, users) {
  return async (loaded) => {
    const first = await Promise.all(users.map((user) => read(loaded, contextFor(loaded, user))));
    const second = await Promise.all(users.map((user) => read(loaded, contextFor(loaded, user))));
    const changed = users.findIndex((_, index) => first[index] !== second[index]);
    return changed === -1 ? undefined : `user ${users[changed]?.id} got ${first[changed]} and then ${second[changed]}`;
  };
}

/**
 * @param {string} flag
 * @param {readonly User[]} users
 * @returns {Oracle}
 */
export function everyoneIsOff(flag, users) {
  return async (loaded) => {
    for (const user of users) {
      if ((await loaded.isOn(contextFor(loaded, user), flag)) !== false) return `${flag} is not off for ${user.id}`;
    }
    return undefined;
  };
}

/**
 * Each variant gets its part of the users.
 *
 * @param {string} flag
 * @param {Readonly<Record<string, readonly [number, number]>>} bounds
 * @param {readonly User[]} users
 * @returns {Oracle}
 */
export function sharesAre(flag, bounds, users) {
  return async (loaded) => {
    const variants = await Promise.all(users.map((user) => loaded.variant(contextFor(loaded, user), flag)));
    for (const [name, [least, most]] of Object.entries(bounds)) {
      const share = variants.filter((got) => got === name).length / users.length;
      if (share < least || share > most) return `${name} is served to ${share}, and not to ${least}–${most} of all`;
    }
    return undefined;
  };
}
