/** @import { LDContext, LDFlagsState } from '@launchdarkly/node-server-sdk' */
/** @import { Flag, Library, Rule, User } from '../contract.ts' */
import launchDarkly from '@launchdarkly/node-server-sdk';

/**
 * LaunchDarkly's server SDK, fed by its own source of test data. Its reads give promises.
 *
 * @type {Library}
 */
export const launchdarkly = {
  name: 'LaunchDarkly',
  package: '@launchdarkly/node-server-sdk',
  asynchronous: true,

  definitions: (flags) => JSON.stringify(flags.map(feature)),

  async load(definitions) {
    const data = new launchDarkly.integrations.TestData();
    for (const flag of JSON.parse(definitions)) await data.usePreconfiguredFlag(flag);
    const client = launchDarkly.init('sdk-key', {
      updateProcessor: data.getFactory(),
      sendEvents: false,
      diagnosticOptOut: true,
      logger: launchDarkly.basicLogger({ level: 'none' }),
    });
    await client.waitForInitialization({ timeout: 10 });
    return {
      context: (/** @type {User} */ { id, attributes: { email, country, plan, age, appVersion } }) => ({
        kind: 'user',
        key: id,
        email,
        country,
        plan,
        age,
        appVersion,
      }),
      isOn: (/** @type {LDContext} */ context, flag) => client.boolVariation(flag, context, false),
      variant: (/** @type {LDContext} */ context, flag) => client.stringVariation(flag, context, 'control'),
      all: (/** @type {LDContext} */ context) => client.allFlagsState(context),
      one: async (/** @type {Promise<LDFlagsState>} */ all, flag) => (await all).getFlagValue(flag),
      close: () => client.close(),
    };
  },
};

/** @param {Flag} flag */
function feature(flag) {
  const common = { key: flag.name, version: 1, on: true, salt: flag.name, prerequisites: [], rules: [], targets: [] };
  const onOff = { variations: [true, false], offVariation: 1 };
  switch (flag.kind) {
    case 'switch':
      return { ...common, ...onOff, fallthrough: { variation: flag.on ? 0 : 1 } };
    case 'rollout':
      return { ...common, ...onOff, fallthrough: rollout([flag.percentage, 100 - flag.percentage]) };
    case 'listed':
      return {
        ...common,
        ...onOff,
        targets: [{ variation: 0, values: flag.ids }],
        fallthrough: { variation: 1 },
      };
    case 'experiment': {
      const variations = flag.split.map(({ variant }) => variant);
      return {
        ...common,
        variations,
        offVariation: 0,
        rules: flag.rules.map((rule) => ({
          id: rule.name,
          clauses: [clause(rule)],
          variation: variations.indexOf(rule.serve),
        })),
        fallthrough: rollout(flag.split.map(({ percentage }) => percentage)),
      };
    }
  }
}

/** @param {readonly number[]} percentages */
function rollout(percentages) {
  const variations = percentages.map((percentage, variation) => ({ variation, weight: percentage * 1000 }));
  return { rollout: { contextKind: 'user', variations } };
}

/** @param {Rule} rule */
function clause(rule) {
  const { attribute } = rule;
  const contextKind = 'user';
  switch (rule.test) {
    case 'endsWith':
      return { contextKind, attribute, op: 'endsWith', values: [rule.value] };
    case 'oneOf':
      return { contextKind, attribute, op: 'in', values: rule.value };
    case 'equals':
      return { contextKind, attribute, op: 'in', values: [rule.value] };
    case 'atLeast':
      return { contextKind, attribute, op: 'greaterThanOrEqual', values: [rule.value] };
    case 'versionAtLeast':
      // There is no "at least" for versions, but there is "less than" and a negation.
      return { contextKind, attribute, op: 'semVerLessThan', values: [rule.value], negate: true };
  }
}
