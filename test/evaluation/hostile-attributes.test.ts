import { describe, expect, it } from 'vitest';
import { aReader, Notebook } from './a-reader.js';

function fail(): never {
  throw new Error('no database');
}

const revoked = Proxy.revocable({}, {});
revoked.revoke();

const HOSTILE: readonly (readonly [string, () => Record<string, unknown>])[] = [
  ['a getter that throws', () => Object.defineProperty({}, 'plan', { get: fail, enumerable: true })],
  ['a proxy that throws', () => new Proxy({}, { get: fail, has: fail, getOwnPropertyDescriptor: fail, ownKeys: fail })],
  ['an object that is gone', () => ({ plan: revoked.proxy })],
  ['a list that throws', () => ({ plan: new Proxy(['premium'], { get: fail }) })],
];

const definitions = {
  rule: { rules: [{ when: { plan: 'premium' }, serve: 'on' }], serve: 'off' },
  contrary: { rules: [{ when: { not: { plan: { contains: 'x' } } }, serve: 'on' }], serve: 'off' },
  nested: { rules: [{ when: { 'plan.name': 'premium' }, serve: 'on' }], serve: 'off' },
  bucket: { bucketBy: 'plan', serve: { percentage: 50 } },
  segment: { rules: [{ when: { segment: 'premium' }, serve: 'on' }], serve: 'off' },
  prerequisite: { prerequisites: { rule: 'on' } },
  other: true,
};
const segments = { premium: { when: { plan: 'premium' } } };

describe.each(HOSTILE)('%s among the attributes', (_what, attributes) => {
  const read = () => aReader({ definitions, segments, userId: 1, attributes: attributes() });

  it('never throws at whoever asks for a flag', () => {
    expect({ ...read().all() }).toEqual({
      rule: 'off',
      contrary: 'off',
      nested: 'off',
      bucket: 'off',
      segment: 'off',
      prerequisite: 'off',
      other: 'on',
    });
    for (const name of Object.keys(definitions)) expect(read().ff(name, 'on'), name).toBe(name === 'other');
  });

  it('never throws at whoever wants it explained', () => {
    for (const name of Object.keys(definitions)) expect(read().explain(name).text, name).toMatch(/\S/);
  });
});

it('an attribute that throws makes an error of the flag that looks at it, logged once, whoever asks', () => {
  const logger = new Notebook();
  const attributes = Object.defineProperty({}, 'plan', { get: fail });
  const reader = aReader({ definitions: { rule: definitions.rule }, logger });
  for (const userId of [1, 2, 3]) {
    const details = reader.forUser(userId, attributes).details('rule');
    expect(details).toMatchObject({ variant: 'off', reason: 'ERROR', errorCode: 'GENERAL' });
  }
  expect(logger.lines).toHaveLength(1);
  expect(logger.lines[0]).toMatch(/rule.*no database/);
});
