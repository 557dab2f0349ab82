/** @import { StatsigUser } from 'statsig-node' */
/** @import { Flag, Library, Rule, User } from '../contract.ts' */
import statsig from 'statsig-node';

/** Exposures are what its servers count; here nobody counts them. */
const UNSEEN = { disableExposureLogging: true };

/**
 * Statsig's server SDK in local mode, with bootstrapped rules.
 *
 * @type {Library}
 */
export const statsigServer = {
  name: 'Statsig',
  package: 'statsig-node',

  definitions: (flags) =>
    JSON.stringify({
      has_updates: true,
      time: 1,
      feature_gates: flags.filter(({ kind }) => kind !== 'experiment').map(spec),
      dynamic_configs: flags.filter(({ kind }) => kind === 'experiment').map(spec),
      layer_configs: [],
      id_lists: {},
    }),

  async load(definitions) {
    const server = new statsig.StatsigServer('secret-bench', {
      bootstrapValues: definitions,
      localMode: true,
      disableDiagnostics: true,
      disableRulesetsSync: true,
      disableIdListsSync: true,
      initStrategyForIP3Country: 'none',
      initStrategyForIDLists: 'none',
    });
    await server.initializeAsync();
    const gates = server.getFeatureGateList();
    const experiments = server.getDynamicConfigList();
    return {
      context: (/** @type {User} */ { id, attributes: { email, country, plan, age, appVersion } }) => ({
        userID: id,
        email,
        country,
        appVersion,
        custom: { plan, age },
      }),
      isOn: (/** @type {StatsigUser} */ user, flag) => server.checkGate(user, flag, UNSEEN),
      variant: (/** @type {StatsigUser} */ user, flag) => server.getConfig(user, flag, UNSEEN).value['variant'],
      all(/** @type {StatsigUser} */ user) {
        /** @type {Record<string, unknown>} */
        const all = Object.create(null);
        for (const gate of gates) all[gate] = server.checkGate(user, gate, UNSEEN);
        for (const name of experiments) all[name] = server.getConfig(user, name, UNSEEN).value['variant'];
        return all;
      },
      one: (all, flag) => all[flag],
      close: () => server.shutdown(),
    };
  },
};

/** @param {Flag} flag */
function spec(flag) {
  const { name } = flag;
  const common = { name, salt: name, enabled: true, idType: 'userID' };
  const gate = { ...common, type: 'feature_gate', entity: 'feature_gate', defaultValue: false };
  switch (flag.kind) {
    case 'switch':
      return { ...gate, rules: [rule('all', everybody(), true, flag.on ? 100 : 0)] };
    case 'rollout':
      return { ...gate, rules: [rule('share', everybody(), true, flag.percentage)] };
    case 'listed':
      return { ...gate, rules: [rule('listed', listed(flag.ids), true, 100)] };
    case 'experiment': {
      let reached = 0;
      return {
        ...common,
        type: 'dynamic_config',
        entity: 'dynamic_config',
        defaultValue: { variant: 'control' },
        rules: [
          ...flag.rules.map((each) => rule(each.name, condition(each), { variant: each.serve }, 100)),
          ...flag.split.map(({ variant, percentage }) => {
            reached += percentage * 10;
            return rule(variant, bucketBelow(reached, name), { variant }, 100);
          }),
        ],
      };
    }
  }
}

/**
 * @param {string} id
 * @param {object} condition
 * @param {unknown} returnValue
 * @param {number} passPercentage
 */
function rule(id, condition, returnValue, passPercentage) {
  return { id, name: id, salt: id, idType: 'userID', conditions: [condition], returnValue, passPercentage };
}

function everybody() {
  return { type: 'public', idType: 'userID' };
}

/** @param {readonly string[]} ids */
function listed(ids) {
  return { type: 'unit_id', idType: 'userID', operator: 'any_case_sensitive', targetValue: ids };
}

/**
 * @param {number} below
 * @param {string} salt
 */
function bucketBelow(below, salt) {
  return { type: 'user_bucket', idType: 'userID', operator: 'lt', targetValue: below, additionalValues: { salt } };
}

/** @param {Rule} rule */
function condition({ attribute: field, test, value: targetValue }) {
  const operator = {
    endsWith: 'str_ends_with_any',
    oneOf: 'any_case_sensitive',
    equals: 'any_case_sensitive',
    atLeast: 'gte',
    versionAtLeast: 'version_gte',
  }[test];
  const lists = test === 'endsWith' || test === 'equals';
  return { type: 'user_field', idType: 'userID', field, operator, targetValue: lists ? [targetValue] : targetValue };
}
