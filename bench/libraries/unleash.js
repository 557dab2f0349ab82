/** @import { Flag, Library, Rule, User } from '../contract.ts' */
import { once } from 'node:events';
import { InMemStorageProvider, Unleash } from 'unleash-client';

/** @typedef {{ userId: string, properties: Record<string, string | number> }} Context */

/**
 * Unleash's client with bootstrapped flags. It neither fetches nor reports.
 *
 * @type {Library}
 */
export const unleash = {
  name: 'Unleash',
  package: 'unleash-client',

  definitions: (flags) => JSON.stringify(flags.map(feature)),

  async load(definitions) {
    /** @type {ReturnType<typeof feature>[]} */
    const data = JSON.parse(definitions);
    const client = new Unleash({
      appName: 'bench',
      url: 'http://127.0.0.1:1/',
      refreshInterval: 0,
      disableMetrics: true,
      skipInstanceCountWarning: true,
      storageProvider: new InMemStorageProvider(),
      bootstrap: { data: /** @type {any} */ (data) },
    });
    await once(client, 'synchronized');
    const flags = data.map(({ name, experiment }) => ({ name, experiment }));
    return {
      context: (/** @type {User} */ { id, attributes: { email, country, plan, age, appVersion } }) => ({
        userId: id,
        properties: { email, country, plan, age, appVersion },
      }),
      isOn: (/** @type {Context} */ context, flag) => client.isEnabled(flag, context),
      variant: (/** @type {Context} */ context, flag) => client.getVariant(flag, context).name,
      all(/** @type {Context} */ context) {
        /** @type {Record<string, boolean | string>} */
        const all = Object.create(null);
        for (const { name, experiment } of flags) {
          all[name] = experiment ? client.getVariant(name, context).name : client.isEnabled(name, context);
        }
        return all;
      },
      one: (all, flag) => all[flag],
      close: () => client.destroy(),
    };
  },
};

/** @param {Flag} flag */
function feature(flag) {
  const { name } = flag;
  const common = { name, enabled: true, experiment: flag.kind === 'experiment' };
  switch (flag.kind) {
    case 'switch':
      return { ...common, enabled: flag.on, strategies: [strategy('default', {}, [])] };
    case 'rollout':
      return { ...common, strategies: [rollout(name, flag.percentage)] };
    case 'listed':
      return { ...common, strategies: [strategy('default', {}, [constraint('userId', 'IN', flag.ids)])] };
    case 'experiment':
      return {
        ...common,
        strategies: [
          ...flag.rules.map((rule) => ({
            ...strategy('default', {}, [ruleConstraint(rule)]),
            variants: [{ name: rule.serve, weight: 1000, stickiness: 'userId' }],
          })),
          {
            ...rollout(name, 100),
            variants: flag.split.map(({ variant, percentage }) => ({
              name: variant,
              weight: percentage * 10,
              stickiness: 'userId',
            })),
          },
        ],
      };
  }
}

/**
 * @param {string} groupId
 * @param {number} percentage
 */
function rollout(groupId, percentage) {
  return strategy('flexibleRollout', { rollout: String(percentage), stickiness: 'userId', groupId }, []);
}

/**
 * @param {string} name
 * @param {Record<string, string>} parameters
 * @param {readonly object[]} constraints
 */
function strategy(name, parameters, constraints) {
  return { name, parameters, constraints };
}

/**
 * @param {string} contextName
 * @param {string} operator
 * @param {readonly string[]} values
 * @param {string} [value]
 */
function constraint(contextName, operator, values, value) {
  return { contextName, operator, values, value, inverted: false, caseInsensitive: false };
}

/** @param {Rule} rule */
function ruleConstraint(rule) {
  switch (rule.test) {
    case 'endsWith':
      return constraint(rule.attribute, 'STR_ENDS_WITH', [rule.value]);
    case 'oneOf':
      return constraint(rule.attribute, 'IN', rule.value);
    case 'equals':
      return constraint(rule.attribute, 'IN', [rule.value]);
    case 'atLeast':
      return constraint(rule.attribute, 'NUM_GTE', [], String(rule.value));
    case 'versionAtLeast':
      return constraint(rule.attribute, 'SEMVER_GTE', [], rule.value);
  }
}
