import { describe, expect, it, vi } from 'vitest';
import { EXPRESSES } from './expresses.js';
import { AnyFlag } from './flags.js';
import { logIn, onTheWay } from './on-the-way.js';
import { ALL_OFF, ALL_ON, ANN, plan, premium } from './premium.js';
import { Recorder } from './recorder.js';
import { aVisitor } from './visitor.js';

describe.each(EXPRESSES)('attributes, in %s', (_name, express) => {
  describe('given by a plain function', () => {
    it('decide, and are read once per request however many flags look at them', async () => {
      const attributes = vi.fn(plan);
      const visitor = await aVisitor(express, { flags: premium(), attributes, after: [logIn] });
      expect(await visitor.flags(ANN)).toEqual(ALL_ON);
      expect(attributes).toHaveBeenCalledTimes(1);
      expect(await visitor.flags()).toEqual(ALL_OFF);
      expect(attributes).toHaveBeenCalledTimes(2);
    });

    it('are not read for flags that do not look', async () => {
      const attributes = vi.fn(plan);
      const flags = [new AnyFlag('USER', ({ isUser }) => (isUser('ann') ? 'on' : 'off'))];
      const visitor = await aVisitor(express, {
        flags,
        definitions: { flags: { half: 50 } },
        attributes,
        after: [logIn],
      });
      expect(await visitor.flags(ANN)).toMatchObject({ USER: 'on' });
      expect(attributes).not.toHaveBeenCalled();
    });

    it('are read again when somebody logs in', async () => {
      const attributes = vi.fn(plan);
      const early = onTheWay((req) => req.gk.ff('A', 'on'));
      const visitor = await aVisitor(express, { flags: premium(), attributes, after: [early, logIn] });
      expect(await visitor.flags(ANN)).toEqual(ALL_ON);
      expect(attributes).toHaveBeenCalledTimes(2);
    });

    it.each([
      ['a list', ['premium']],
      ['a string', 'premium'],
      ['true', true],
    ])('are none when it returns %s, and the log says what to return', async (_what, given) => {
      const logger = new Recorder();
      const visitor = await aVisitor(express, { flags: premium(), attributes: () => given as never, logger });
      expect([await visitor.flags(), await visitor.flags()]).toEqual([ALL_OFF, ALL_OFF]);
      expect(logger.messages).toEqual([expect.stringMatching(/attributes\(req\) returned .*; return an object/)]);
    });

    it.each([
      ['undefined', undefined],
      ['null', null],
    ])('are silently none when it returns %s', async (_what, given) => {
      const logger = new Recorder();
      const visitor = await aVisitor(express, { flags: premium(), attributes: () => given as never, logger });
      expect(await visitor.flags()).toEqual(ALL_OFF);
      expect(logger.messages).toEqual([]);
    });

    it('are none when it throws, which is logged once and no error page', async () => {
      const logger = new Recorder();
      const attributes = (): never => {
        throw new Error('no database');
      };
      const visitor = await aVisitor(express, { flags: premium(), attributes, logger });
      expect([await visitor.flags(), await visitor.flags()]).toEqual([ALL_OFF, ALL_OFF]);
      expect(logger.messages).toEqual([expect.stringContaining('attributes(req) threw: no database')]);
    });
  });

  it('may be what a flag buckets by: one company, one variant', async () => {
    const visitor = await aVisitor(express, {
      definitions: {
        flags: Object.fromEntries(
          Array.from({ length: 20 }, (_, index) => [`f${index}`, { serve: { percentage: 50 }, bucketBy: 'company' }]),
        ),
      },
      attributes: (req) => {
        const company = req.get('X-Company');
        return company === undefined ? {} : { company };
      },
      after: [logIn],
    });
    const ann = await visitor.flags({ 'X-User': 'ann', 'X-Company': 'acme' });
    expect(await visitor.flags({ 'X-User': 'bob', 'X-Company': 'acme' })).toEqual(ann);
    expect(await visitor.flags({ 'X-User': 'ann', 'X-Company': 'other' })).not.toEqual(ann);
    expect(new Set(Object.values(await visitor.flags(ANN)))).toEqual(new Set(['off']));
  });
});
