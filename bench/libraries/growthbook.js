/** @import { UserScopedGrowthBook } from '@growthbook/growthbook' */
/** @import { Flag, Library, Rule, User } from '../contract.ts' */
import { GrowthBookClient } from '@growthbook/growthbook';

/**
 * GrowthBook's client for servers, with one scoped instance per request.
 *
 * @type {Library}
 */
export const growthbook = {
  name: 'GrowthBook',
  package: '@growthbook/growthbook',

  definitions: (flags) =>
    JSON.stringify({ features: Object.fromEntries(flags.map((flag) => [flag.name, feature(flag)])) }),

  load(definitions) {
    const payload = JSON.parse(definitions);
    const client = new GrowthBookClient().initSync({ payload });
    const names = Object.keys(payload.features);
    return {
      context: (/** @type {User} */ { id, attributes }) =>
        client.createScopedInstance({ attributes: { id, ...attributes } }),
      isOn: (/** @type {UserScopedGrowthBook} */ scoped, flag) => scoped.isOn(flag),
      variant: (/** @type {UserScopedGrowthBook} */ scoped, flag) => scoped.getFeatureValue(flag, 'control'),
      all(/** @type {UserScopedGrowthBook} */ scoped) {
        /** @type {Record<string, unknown>} */
        const all = Object.create(null);
        for (const name of names) all[name] = scoped.evalFeature(name).value;
        return all;
      },
      one: (all, flag) => all[flag],
      close: () => client.destroy(),
    };
  },
};

/** @param {Flag} flag */
function feature(flag) {
  switch (flag.kind) {
    case 'switch':
      return { defaultValue: flag.on };
    case 'rollout':
      return {
        defaultValue: false,
        rules: [{ force: true, coverage: flag.percentage / 100, hashAttribute: 'id', hashVersion: 2 }],
      };
    case 'listed':
      return { defaultValue: false, rules: [{ condition: { id: { $in: flag.ids } }, force: true }] };
    case 'experiment':
      return {
        defaultValue: 'control',
        rules: [
          ...flag.rules.map((rule) => ({ condition: condition(rule), force: rule.serve })),
          {
            hashAttribute: 'id',
            hashVersion: 2,
            variations: flag.split.map(({ variant }) => variant),
            weights: flag.split.map(({ percentage }) => percentage / 100),
          },
        ],
      };
  }
}

/** @param {Rule} rule */
function condition(rule) {
  switch (rule.test) {
    case 'endsWith':
      return { [rule.attribute]: { $regex: `${rule.value.replaceAll('.', '\\.')}$` } };
    case 'oneOf':
      return { [rule.attribute]: { $in: rule.value } };
    case 'equals':
      return { [rule.attribute]: rule.value };
    case 'atLeast':
      return { [rule.attribute]: { $gte: rule.value } };
    case 'versionAtLeast':
      return { [rule.attribute]: { $vgte: rule.value } };
  }
}
