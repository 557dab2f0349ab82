/** @import { EvaluationContext, EvaluationDetails, JsonValue } from '@openfeature/core' */
/** @import { Flag, Library, Rule, User } from '../contract.ts' */
import { FlagdCore } from '@openfeature/flagd-core';

const logger = { error() {}, warn() {}, info() {}, debug() {} };

/**
 * flagd's evaluation core, as the OpenFeature provider for Node uses it in the process.
 *
 * @type {Library}
 */
export const flagd = {
  name: 'flagd',
  package: '@openfeature/flagd-core',

  definitions: (flags) =>
    JSON.stringify({ flags: Object.fromEntries(flags.map((flag) => [flag.name, definition(flag)])) }),

  load(definitions) {
    const core = new FlagdCore(undefined, logger);
    core.setConfigurations(definitions);
    return {
      context: (/** @type {User} */ { id, attributes: { email, country, plan, age, appVersion } }) => ({
        targetingKey: id,
        email,
        country,
        plan,
        age,
        appVersion,
      }),
      isOn: (/** @type {EvaluationContext} */ context, flag) =>
        core.resolveBooleanEvaluation(flag, false, context).value,
      variant: (/** @type {EvaluationContext} */ context, flag) =>
        core.resolveStringEvaluation(flag, 'control', context).value,
      all: (/** @type {EvaluationContext} */ context) => core.resolveAll(context),
      one: (/** @type {EvaluationDetails<JsonValue>[]} */ all, flag) =>
        all.find(({ flagKey }) => flagKey === flag)?.value,
    };
  },
};

/** @param {Flag} flag */
function definition(flag) {
  const state = 'ENABLED';
  const variants = { on: true, off: false };
  switch (flag.kind) {
    case 'switch':
      return { state, variants, defaultVariant: flag.on ? 'on' : 'off' };
    case 'rollout': {
      const fractional = [
        ['on', flag.percentage],
        ['off', 100 - flag.percentage],
      ];
      return { state, variants, defaultVariant: 'off', targeting: { fractional } };
    }
    case 'listed': {
      const listed = { in: [{ var: 'targetingKey' }, flag.ids] };
      return { state, variants, defaultVariant: 'off', targeting: { if: [listed, 'on', 'off'] } };
    }
    case 'experiment': {
      const names = flag.split.map(({ variant }) => variant);
      const fractional = flag.split.map(({ variant, percentage }) => [variant, percentage]);
      return {
        state,
        variants: Object.fromEntries(names.map((name) => [name, name])),
        defaultVariant: 'control',
        targeting: { if: [...flag.rules.flatMap((rule) => [condition(rule), rule.serve]), { fractional }] },
      };
    }
  }
}

/** @param {Rule} rule */
function condition(rule) {
  const attribute = { var: rule.attribute };
  switch (rule.test) {
    case 'endsWith':
      return { ends_with: [attribute, rule.value] };
    case 'oneOf':
      return { in: [attribute, rule.value] };
    case 'equals':
      return { '==': [attribute, rule.value] };
    case 'atLeast':
      return { '>=': [attribute, rule.value] };
    case 'versionAtLeast':
      return { sem_ver: [attribute, '>=', rule.value] };
  }
}
