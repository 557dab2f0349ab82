/** @import { Flag, Library, Rule, User } from '../contract.ts' */
import { murmur3 } from '../../dist/evaluation/hash.js';

/** @typedef {(user: User) => boolean | string} Decision */

/**
 * The least that gives the right answers: a Map from flag to function, and murmur3 where somebody has to fall somewhere. No
 * overrides, no reasons, no checks of anything.
 *
 * @type {Library}
 */
export const floor = {
  name: 'floor',

  definitions: (flags) => JSON.stringify(flags),

  load(definitions) {
    /** @type {readonly Flag[]} */
    const flags = JSON.parse(definitions);
    /** @type {Map<string, Decision>} */
    const decisions = new Map(flags.map((flag) => [flag.name, decision(flag)]));
    return {
      context: (/** @type {User} */ user) => user,
      isOn: (/** @type {User} */ user, flag) => decisions.get(flag)?.(user) === true,
      variant: (/** @type {User} */ user, flag) => decisions.get(flag)?.(user),
      all(/** @type {User} */ user) {
        /** @type {Record<string, boolean | string>} */
        const all = Object.create(null);
        for (const [flag, decide] of decisions) all[flag] = decide(user);
        return all;
      },
      one: (all, flag) => all[flag],
    };
  },
};

/**
 * @param {Flag} flag
 * @returns {Decision}
 */
function decision(flag) {
  switch (flag.kind) {
    case 'switch':
      return () => flag.on;
    case 'listed': {
      const ids = new Set(flag.ids);
      return ({ id }) => ids.has(id);
    }
    case 'rollout': {
      const seed = murmur3(flag.name);
      const cut = (flag.percentage / 100) * 2 ** 32;
      return ({ id }) => murmur3(id, seed) < cut;
    }
    case 'experiment': {
      const seed = murmur3(flag.name);
      const rules = flag.rules.map((rule) => ({ matches: test(rule), serve: rule.serve }));
      const [first, second, third] = flag.split.map(({ variant }) => variant);
      return (user) => {
        for (const { matches, serve } of rules) if (matches(user)) return serve;
        const position = murmur3(user.id, seed);
        return (position < 2 ** 31 ? first : position < 3 * 2 ** 30 ? second : third) ?? '';
      };
    }
  }
}

/**
 * @param {Rule} rule
 * @returns {(user: User) => boolean}
 */
function test(rule) {
  switch (rule.test) {
    case 'endsWith':
      return ({ attributes }) => attributes[rule.attribute].endsWith(rule.value);
    case 'oneOf': {
      const values = new Set(rule.value);
      return ({ attributes }) => values.has(attributes[rule.attribute]);
    }
    case 'equals':
      return ({ attributes }) => attributes[rule.attribute] === rule.value;
    case 'atLeast':
      return ({ attributes }) => attributes[rule.attribute] >= rule.value;
    case 'versionAtLeast': {
      // Enough for x.0.0, and less than any real comparison of versions.
      const major = Number.parseInt(rule.value, 10);
      return ({ attributes }) => Number.parseInt(attributes[rule.attribute], 10) >= major;
    }
  }
}
