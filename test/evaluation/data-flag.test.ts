import { FeatureFlagConfig } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { aFlag } from './a-flag.js';
import { aReader } from './a-reader.js';
import { aSubject } from './a-snapshot.js';

function configOf(definition: unknown): FeatureFlagConfig {
  const config = aReader({ definitions: { FLAG: definition } })
    .getConfigMap()
    .get('FLAG');
  if (config === undefined) throw new Error('no config');
  return config;
}

describe('the config of a flag that is data', () => {
  it('is a FeatureFlagConfig like any other', () => {
    const config = configOf({ description: 'One-click payment', variants: ['control', 'one_click', 'wallet'] });
    expect(config).toBeInstanceOf(FeatureFlagConfig);
    expect(config).toMatchObject({ flagName: 'FLAG', description: 'One-click payment', offVariant: 'control' });
    expect(configOf({ kind: 'experiment' }).kind).toBe('experiment');
    expect(config.getVariants()).toEqual(['control', 'one_click', 'wallet']);
  });

  it('of a plain switch has the variants on and off', () => {
    expect(configOf(true).getVariants()).toEqual(['on', 'off']);
    expect(configOf(true).description).toBeUndefined();
  });

  it('has variants with the values they carry', () => {
    expect(configOf({ variants: { small: 10, large: 50 } }).variants).toEqual({ small: 10, large: 50 });
  });

  it('lists variants in the order of the definition, numbers too', () => {
    expect(configOf({ variants: ['20', '10', '15'] }).getVariants()).toEqual(['20', '10', '15']);
  });

  it('has a variant of any name', () => {
    expect(configOf({ variants: ['constructor', '__proto__'] }).getVariants()).toEqual(['constructor', '__proto__']);
  });

  it('picks what the user would get', () => {
    const config = configOf({ overrides: { off: [2] }, rules: [{ when: { userId: [1] }, serve: 'on' }], serve: 'off' });
    const pick = (userId?: number) => config.pickVariant(aSubject(userId).context);
    expect([pick(1), pick(2), pick()]).toEqual(['on', 'off', 'off']);
  });
});

describe('getConfigMap', () => {
  it('has every flag: the app’s own instances, and one for each flag that is data', () => {
    const flag = aFlag({});
    const configs = aReader({ flags: [flag], definitions: { SOME_FLAG: false, dark_mode: 20 } }).getConfigMap();
    expect([...configs.keys()]).toEqual(['SOME_FLAG', 'dark_mode']);
    expect(configs.get('SOME_FLAG')).toBe(flag);
  });

  it('gives a map of the caller’s own', () => {
    const reader = aReader({ definitions: { dark_mode: true } });
    reader.getConfigMap().clear();
    expect(reader.getConfigMap().size).toBe(1);
  });
});
