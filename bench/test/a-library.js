/** @import { Flag, Library, Loaded, User } from '../contract.ts' */

/**
 * A library that decides as it is told to.
 *
 * @param {Partial<Loaded>} decisions by default everything is off
 * @param {Partial<Library>} about
 * @returns {Library}
 */
export function aLibrary(decisions, about = {}) {
  return {
    name: 'a library',
    definitions: (/** @type {readonly Flag[]} */ flags) => JSON.stringify(flags),
    load: () => ({
      context: (/** @type {User} */ user) => user,
      isOn: () => false,
      variant: () => 'control',
      all: () => ({}),
      one: () => undefined,
      ...decisions,
    }),
    ...about,
  };
}
