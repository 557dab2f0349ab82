/** @import { User } from '../contract.ts' */

const COUNTRIES = ['DE', 'FR', 'ES', 'US', 'JP', 'BR', 'IN'];

/**
 * Users `from` … `until − 1`, always the same ones. None of them matches a rule of `flags/experiment.js`.
 *
 * @param {number} from
 * @param {number} until
 * @returns {User[]}
 */
export function people(from, until) {
  const users = Array.from({ length: until - from }, (_, index) => person(from + index));
  // Through JSON, so that ids are whole strings as a session or a database gives them, not pieces waiting to be joined.
  return JSON.parse(JSON.stringify(users));
}

/**
 * @param {number} number
 * @returns {User}
 */
export function person(number) {
  return {
    id: idOf(number),
    attributes: {
      email: `person.${number}@mail.example`,
      country: COUNTRIES[number % COUNTRIES.length] ?? '',
      plan: number % 3 === 0 ? 'basic' : 'free',
      age: 18 + (number % 40),
      appVersion: `2.${number % 12}.${number % 7}`,
    },
  };
}

/**
 * Ids in the three forms that apps use, 25 characters on average.
 *
 * @param {number} number
 */
function idOf(number) {
  if (number % 3 === 0) return `user-${100_000 + number}`;
  if (number % 3 === 1) return `person.${number}@mail.example`;
  const digits = Math.imul(number + 1, 0x9e3779b1) >>> 0;
  const hex = digits.toString(16).padStart(8, '0');
  return `${hex}-7c1e-4f0a-9b2d-${hex.slice(4)}${hex}`;
}
