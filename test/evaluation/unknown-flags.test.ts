import type { FlagReader } from 'express-gatekeeper';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aReader, Notebook } from './a-reader.js';

describe('a flag that does not exist', () => {
  const nowhere = (reader: FlagReader, name: string) => ({
    ff: reader.ff(name, 'on'),
    featureFlag: reader.featureFlag(name, 'on'),
    ffVariant: reader.ffVariant(name),
    forAnother: reader.getFeatureFlagVariant(name, 7),
    isEnabled: reader.isEnabled(name),
    value: reader.value(name, 'mine'),
    match: reader.match(name, { on: () => 'on' }),
    details: reader.details(name),
  });
  const nothing = {
    ff: false,
    featureFlag: false,
    ffVariant: null,
    forAnother: null,
    isEnabled: false,
    value: 'mine',
    match: undefined,
  };

  it('is false, null or the caller’s default everywhere, and never throws', () => {
    for (const userId of [1, undefined]) {
      expect(nowhere(aReader({ userId }), 'NEW_SAERCH')).toEqual({
        ...nothing,
        details: {
          flag: 'NEW_SAERCH',
          variant: null,
          value: undefined,
          reason: 'ERROR',
          errorCode: 'FLAG_NOT_FOUND',
          revision: 0,
          stale: false,
        },
      });
    }
  });

  it('may have anything whatever for its name, as templates and query strings have', () => {
    const anything = fc.anything({ withBigInt: true, withNullPrototype: true });
    fc.assert(
      fc.property(anything, (name) => {
        expect(nowhere(aReader({}), name as string)).toMatchObject(nothing);
        expect(aReader({}).explain(name as string).reason).toBe('ERROR');
      }),
      { examples: [[1n], [Symbol('flag')], [Object.create(null)], [{ toString: 'x' }]] },
    );
  });

  it('is warned of once, with its name', () => {
    const logger = new Notebook();
    const reader = aReader({ logger });
    for (let time = 0; time < 10; time += 1) reader.ff('NEW_SAERCH', 'on');
    expect(logger.lines).toEqual(['gatekeeper: There is no flag "NEW_SAERCH"; it reads as off. Check the spelling.']);
  });
});
