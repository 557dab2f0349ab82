import { type EvaluationContext, featureFlag, type RequestGatekeeper } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag, MyNewFeature } from './flags.js';
import { logIn } from './on-the-way.js';
import { serve } from './server.js';

class Discount extends featureFlag({
  name: 'checkout/discount',
  variants: { none: 0, some: 10, much: 25 },
  offVariant: 'none',
  description: 'Percent off for regulars',
}) {
  pickVariant({ userId, isUser }: EvaluationContext) {
    return isUser(7) ? 'much' : userId === undefined ? 'none' : 'some';
  }
}

describe.each(EXPRESSES)('req.gk, in %s', (_name, express) => {
  /** What `read` makes of the flags of a user. */
  const ask = async (read: (gk: RequestGatekeeper) => unknown, user = '7'): Promise<unknown> => {
    const app = anApp(express, {
      flags: [
        new MyNewFeature({ overrides: { VISIBLE: [42] } }),
        new Discount(),
        new AnyFlag('BROKEN', () => {
          throw new Error('no database');
        }),
      ],
      definitions: {
        flags: {
          dark_mode: true,
          theme: { variants: { plain: { color: 'grey' }, fancy: { color: 'gold' } }, serve: 'fancy', off: 'plain' },
          greeting: { variants: { polite: 'Good day', loud: 'HEY' }, off: 'polite', serve: 'loud' },
          list: { variants: { short: [1], long: [1, 2, 3] }, off: 'short' },
          gone: { enabled: true, killed: true },
          late_night: { prerequisites: { dark_mode: 'off' } },
        },
      },
      after: [logIn],
      routes: (routes) => void routes.get('/', (req, res) => void res.json({ read: read(req.gk) ?? null })),
    });
    return (
      await request(await serve(app))
        .get('/')
        .set('X-User', user)
    ).body.read;
  };

  it('answers short and long forms alike', async () => {
    expect(
      await ask((gk) => [gk.ff('checkout/discount', 'much'), gk.featureFlag('checkout/discount', 'much')]),
    ).toEqual([true, true]);
    expect(await ask((gk) => [gk.ffVariant('MY_NEW_FEATURE'), gk.getFeatureFlagVariant('MY_NEW_FEATURE')])).toEqual([
      'NOT_VISIBLE',
      'NOT_VISIBLE',
    ]);
  });

  it('says false, null or the default for an unknown flag, and throws for none', async () => {
    expect(
      await ask((gk) => [
        gk.ff('NOWHERE', 'on'),
        gk.ffVariant('NOWHERE'),
        gk.ffVariant('NOWHERE', 7),
        gk.isEnabled('NOWHERE'),
        gk.value('NOWHERE', 'fallback'),
        gk.match('NOWHERE', { on: () => 'never' }) ?? 'nothing',
        gk.details('NOWHERE').errorCode,
        gk.explain('NOWHERE').text,
        gk.setBrowserOverrideVariant('NOWHERE', 'on'),
      ]),
    ).toEqual([
      false,
      null,
      null,
      false,
      'fallback',
      'nothing',
      'FLAG_NOT_FOUND',
      'There is no flag "NOWHERE".',
      false,
    ]);
  });

  it('says false for a variant that a flag does not have', async () => {
    expect(await ask((gk) => [gk.ff('MY_NEW_FEATURE', 'SHOWN'), gk.ff('MY_NEW_FEATURE', '')])).toEqual([false, false]);
  });

  it('is enabled exactly when the variant is not the off variant', async () => {
    const enabled = (gk: RequestGatekeeper): unknown =>
      ['dark_mode', 'gone', 'checkout/discount', 'BROKEN'].map((name) => gk.isEnabled(name));
    expect(await ask(enabled)).toEqual([true, false, true, false]);
  });

  it('gives typed values: numbers, booleans, strings, JSON, and for a variant without one its name', async () => {
    const values = (gk: RequestGatekeeper): unknown => [
      gk.value('checkout/discount', 5),
      gk.value('dark_mode', false),
      gk.value('greeting', ''),
      gk.value('theme', {}),
      gk.value('list', []),
      gk.value('MY_NEW_FEATURE', ''),
    ];
    expect(await ask(values)).toEqual([25, true, 'HEY', { color: 'gold' }, [1, 2, 3], 'NOT_VISIBLE']);
  });

  it('gives the caller’s default when the value is of another type', async () => {
    const values = (gk: RequestGatekeeper): unknown => [
      gk.value('checkout/discount', 'five'),
      gk.value('dark_mode', 1),
      gk.value('greeting', false),
      gk.value('theme', 'plain'),
      gk.value('theme', []),
      gk.value('list', { length: 0 }),
    ];
    expect(await ask(values)).toEqual(['five', 1, false, 'plain', [], { length: 0 }]);
  });

  it('gives the off variant’s value when the flag’s code fails', async () => {
    expect(await ask((gk) => [gk.ffVariant('BROKEN'), gk.value('BROKEN', 'default'), gk.details('BROKEN')])).toEqual([
      'off',
      'off',
      {
        flag: 'BROKEN',
        variant: 'off',
        value: 'off',
        reason: 'ERROR',
        errorCode: 'GENERAL',
        revision: 0,
        stale: false,
      },
    ]);
  });

  it('calls the one function that matches', async () => {
    const called: string[] = [];
    const call = (variant: string) => (): string => {
      called.push(variant);
      return `for ${variant}`;
    };
    const cases = { none: call('none'), some: call('some'), much: call('much') };
    expect(await ask((gk) => gk.match('checkout/discount', cases))).toBe('for much');
    expect(called).toEqual(['much']);
  });

  it('explains itself by the steps that were passed and the one that decided', async () => {
    const explain = (gk: RequestGatekeeper): unknown => gk.explain('MY_NEW_FEATURE');
    expect(await ask(explain, '42')).toMatchObject({
      variant: 'VISIBLE',
      reason: 'OVERRIDE',
      text: 'User 42 is set to VISIBLE.',
      steps: [
        { step: 'flag', decided: false },
        { step: 'kill', decided: false },
        { step: 'browserOverride', decided: false },
        { step: 'userOverride', decided: true, text: 'User 42 is set to VISIBLE.' },
      ],
    });
    expect(await ask(explain, '4')).toMatchObject({
      reason: 'DEFAULT',
      text: "The flag's code picked NOT_VISIBLE.",
      steps: [
        ...['flag', 'kill', 'browserOverride', 'userOverride', 'enabled', 'prerequisites'].map((step) => ({
          step,
          decided: false,
        })),
        { step: 'allocation', decided: true, text: "The flag's code picked NOT_VISIBLE." },
      ],
    });
    expect(await ask((gk) => gk.explain('late_night'))).toMatchObject({
      variant: 'off',
      reason: 'PREREQUISITE_FAILED',
      text: 'A prerequisite fails: flag dark_mode serves on, not off. off is served.',
      steps: [
        {},
        {},
        {},
        {},
        {},
        { step: 'prerequisites', decided: true, failed: 'flag dark_mode serves on, not off' },
      ],
    });
    expect(await ask((gk) => gk.explain('gone').text)).toMatch(/killed/);
    expect(await ask((gk) => gk.explain('BROKEN').text)).toMatch(/pickVariant threw: no database.*off is served/);
  });

  it('hands out the configs, of classes and of data', async () => {
    const configs = (gk: RequestGatekeeper): unknown =>
      [...gk.getConfigMap()].map(([name, config]) => [name, config.flagName, config.getVariants(), config.description]);
    expect(await ask(configs)).toEqual(
      expect.arrayContaining([
        ['MY_NEW_FEATURE', 'MY_NEW_FEATURE', ['VISIBLE', 'NOT_VISIBLE'], expect.stringContaining('my new feature')],
        ['checkout/discount', 'checkout/discount', ['none', 'some', 'much'], 'Percent off for regulars'],
        ['dark_mode', 'dark_mode', ['on', 'off'], null],
      ]),
    );
  });
});
