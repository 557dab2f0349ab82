/** @import { FlagInput } from '../../../dist/index.js' */
/** @import { Flag, Rule } from '../../contract.ts' */

/**
 * Flags as they stand in a `flags.json`.
 *
 * @param {readonly Flag[]} flags
 */
export function gatekeeperDefinitions(flags) {
  return JSON.stringify({ flags: Object.fromEntries(flags.map((flag) => [flag.name, definition(flag)])) });
}

/**
 * @param {Flag} flag
 * @returns {FlagInput}
 */
function definition(flag) {
  switch (flag.kind) {
    case 'switch':
      return flag.on;
    case 'rollout':
      return flag.percentage;
    case 'listed':
      return flag.ids;
    case 'experiment':
      return {
        variants: flag.split.map(({ variant }) => variant),
        rules: flag.rules.map((rule) => ({ name: rule.name, when: condition(rule), serve: rule.serve })),
        serve: { split: Object.fromEntries(flag.split.map(({ variant, percentage }) => [variant, percentage])) },
      };
  }
}

/** @param {Rule} rule */
function condition(rule) {
  switch (rule.test) {
    case 'endsWith':
      return { [rule.attribute]: `*${rule.value}` };
    case 'oneOf':
    case 'equals':
      return { [rule.attribute]: rule.value };
    case 'atLeast':
      return { [rule.attribute]: { gte: rule.value } };
    case 'versionAtLeast':
      return { [rule.attribute]: { semver: `>=${rule.value}` } };
  }
}
