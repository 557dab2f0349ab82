import { describe, expect, it } from 'vitest';
import { aFlag } from './a-flag.js';
import { aReader } from './a-reader.js';

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'then', 'hasOwnProperty', 'valueOf', 'toJSON'];

function asCode(name: string) {
  const pickVariant = ({ isUser }: { isUser(id: number): boolean }): string => (isUser(1) ? 'on' : 'off');
  return { flags: [aFlag({ flagName: name, variants: ['on', 'off'], pickVariant })] };
}

function asData(name: string) {
  return { definitions: Object.fromEntries([[name, [1]]]) };
}

describe.each(NAMES)('a flag named %s', (name) => {
  it.each([
    ['code', asCode],
    ['data', asData],
  ])('behaves like any other, as %s', (_sort, made) => {
    const reader = aReader({ ...made(name), userId: 1 });
    expect([reader.ff(name, 'on'), reader.featureFlag(name, 'off')]).toEqual([true, false]);
    expect([reader.ffVariant(name), reader.getFeatureFlagVariant(name, 2)]).toEqual(['on', 'off']);
    expect([reader.isEnabled(name), reader.forUser(2).isEnabled(name)]).toEqual([true, false]);
    expect(reader.match(name, { on: () => 1, off: () => 2 })).toBe(1);
    expect(reader.details(name)).toMatchObject({ flag: name, variant: 'on' });
    expect(reader.explain(name)).toMatchObject({ flag: name, variant: 'on' });
    expect(Object.entries(reader.all())).toEqual([[name, 'on']]);
    expect(reader.getConfigMap().get(name)?.flagName).toBe(name);
  });

  it('has a value like any other', () => {
    const definition = { variants: { on: 7, off: 0 }, overrides: { off: [2] }, serve: 'on' };
    const reader = aReader({ definitions: Object.fromEntries([[name, definition]]), userId: 1 });
    expect([reader.value(name, 0), reader.forUser(2).value(name, 1)]).toEqual([7, 0]);
  });

  it('can be switched by data over code', () => {
    const definitions = Object.fromEntries([[name, false]]);
    expect(aReader({ ...asCode(name), definitions, userId: 1 }).details(name).reason).toBe('DISABLED');
  });

  it('does not exist unless there is one', () => {
    const reader = aReader({ definitions: { other: true } });
    expect([reader.ff(name, 'on'), reader.ffVariant(name), reader.isEnabled(name), reader.value(name, 1)]).toEqual([
      false,
      null,
      false,
      1,
    ]);
    expect(reader.details(name).errorCode).toBe('FLAG_NOT_FOUND');
    expect(reader.getConfigMap().has(name)).toBe(false);
    expect(name in reader.all()).toBe(false);
  });

  it('leaves every other object as it was', () => {
    aReader({ ...asData(name), userId: 1 }).all();
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['on']).toBeUndefined();
  });
});

it('a reader is no promise, even with a flag named then', async () => {
  const reader = aReader(asData('then'));
  expect(await reader).toBe(reader);
});
