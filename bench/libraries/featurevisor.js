/** @import { Context, EvaluatedFeatures } from '@featurevisor/types' */
/** @import { Flag, Library, Rule, User } from '../contract.ts' */
import { createInstance } from '@featurevisor/sdk';

/**
 * Featurevisor's SDK with a datafile.
 *
 * @type {Library}
 */
export const featurevisor = {
  name: 'Featurevisor',
  package: '@featurevisor/sdk',

  definitions: (flags) =>
    JSON.stringify({
      schemaVersion: '2',
      revision: '1',
      segments: Object.fromEntries(flags.flatMap(segments)),
      features: Object.fromEntries(flags.map((flag) => [flag.name, feature(flag)])),
    }),

  load(definitions) {
    const instance = createInstance({ datafile: JSON.parse(definitions), logLevel: 'fatal' });
    return {
      context: (/** @type {User} */ { id, attributes: { email, country, plan, age, appVersion } }) => ({
        userId: id,
        email,
        country,
        plan,
        age,
        appVersion,
      }),
      isOn: (/** @type {Context} */ context, flag) => instance.isEnabled(flag, context),
      variant: (/** @type {Context} */ context, flag) => instance.getVariation(flag, context),
      all: (/** @type {Context} */ context) => instance.getAllEvaluations(context),
      one: (/** @type {EvaluatedFeatures} */ all, flag) => all[flag]?.variation ?? all[flag]?.enabled,
      close: () => instance.close(),
    };
  },
};

/** @param {Flag} flag */
function feature(flag) {
  const bucketBy = 'userId';
  switch (flag.kind) {
    case 'switch':
      return { bucketBy, traffic: [traffic('all', '*', flag.on ? 100 : 0)] };
    case 'rollout':
      return { bucketBy, traffic: [traffic('all', '*', flag.percentage)] };
    case 'listed':
      return { bucketBy, traffic: [traffic('listed', flag.name, 100)] };
    case 'experiment': {
      let reached = 0;
      const allocation = flag.split.map(({ variant, percentage }) => {
        const range = [reached * 1000, (reached + percentage) * 1000];
        reached += percentage;
        return { variation: variant, range };
      });
      return {
        bucketBy,
        variations: flag.split.map(({ variant }) => ({ value: variant })),
        traffic: [
          ...flag.rules.map(({ name, serve }) => ({ ...traffic(name, name, 100), variation: serve })),
          { ...traffic('split', '*', 100), allocation },
        ],
      };
    }
  }
}

/**
 * @param {string} key
 * @param {string} segment
 * @param {number} percentage
 */
function traffic(key, segment, percentage) {
  return { key, segments: segment, percentage: percentage * 1000 };
}

/**
 * Conditions stand in segments, which flags share.
 *
 * @param {Flag} flag
 * @returns {[string, { conditions: object[] }][]}
 */
function segments(flag) {
  if (flag.kind === 'listed') {
    return [[flag.name, { conditions: [{ attribute: 'userId', operator: 'in', value: flag.ids }] }]];
  }
  return flag.kind === 'experiment' ? flag.rules.map((rule) => [rule.name, { conditions: [condition(rule)] }]) : [];
}

/** @param {Rule} rule */
function condition({ attribute, test, value }) {
  const operator = {
    endsWith: 'endsWith',
    oneOf: 'in',
    equals: 'equals',
    atLeast: 'greaterThanOrEquals',
    versionAtLeast: 'semverGreaterThanOrEquals',
  }[test];
  return { attribute, operator, value };
}
