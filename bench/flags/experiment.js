/** @import { Experiment, Rule, User } from '../contract.ts' */
import { person } from './people.js';

/** @type {readonly Rule[]} */
const RULES = [
  { name: 'staff', attribute: 'email', test: 'endsWith', value: '@company.example', serve: 'one_click' },
  { name: 'north', attribute: 'country', test: 'oneOf', value: ['SE', 'NO', 'FI'], serve: 'wallet' },
  { name: 'premium', attribute: 'plan', test: 'equals', value: 'premium', serve: 'one_click' },
  { name: 'seniors', attribute: 'age', test: 'atLeast', value: 65, serve: 'wallet' },
  { name: 'new app', attribute: 'appVersion', test: 'versionAtLeast', value: '3.0.0', serve: 'one_click' },
];

/** What makes somebody match just one of the rules. */
const MATCHING = [
  { email: 'ada@company.example' },
  { country: 'NO' },
  { plan: 'premium' },
  { age: 65 },
  { appVersion: '3.0.0' },
];

/**
 * Five rules of the five usual kinds, then half and two quarters.
 *
 * @param {string} name
 * @returns {Experiment}
 */
export function experiment(name) {
  return {
    kind: 'experiment',
    name,
    rules: RULES,
    split: [
      { variant: 'control', percentage: 50 },
      { variant: 'one_click', percentage: 25 },
      { variant: 'wallet', percentage: 25 },
    ],
  };
}

/**
 * For each rule somebody who matches it alone, and what they have to get.
 *
 * @type {readonly { rule: string, user: User, variant: string }[]}
 */
export const MATCHERS = RULES.map(({ name, serve }, index) => {
  const { id, attributes } = person(index);
  return { rule: name, user: { id, attributes: { ...attributes, ...MATCHING[index] } }, variant: serve };
});
