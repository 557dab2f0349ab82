import { type EvaluationContext, featureFlag, gatekeeper } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { flagIn, lastChange, storeWith } from '../a-store.js';
import { printed, typed, typedIn } from '../a-terminal.js';

const CHECKOUT = { variants: ['control', 'one_click', 'wallet'], owner: 'payments' };

describe('gatekeeper set', () => {
  it.each([
    ['true', { enabled: true, serve: { percentage: 100 } }],
    ['false', false],
    ['20%', { enabled: true, serve: { percentage: 20 } }],
    ['0.5%', { enabled: true, serve: { percentage: 0.5 } }],
    ['on', { enabled: true, serve: 'on' }],
    ['off', { enabled: true, serve: 'off' }],
  ])('%s creates a flag that is new', async (word, flag) => {
    const store = await storeWith({});
    const { code, out } = await typed('set', 'sign-up-team/address-field', word);
    expect(code).toBe(0);
    expect(out).toContain('+ sign-up-team/address-field: ');
    expect(out).toContain('Environment default of flags.db, revision 1');
    expect(await flagIn(store, 'sign-up-team/address-field')).toEqual(flag);
  });

  it.each([
    ['true', { ...CHECKOUT, enabled: true, serve: 'one_click' }],
    ['wallet', { ...CHECKOUT, enabled: true, serve: 'wallet' }],
    ['35%', { ...CHECKOUT, enabled: true, serve: { percentage: 35 } }],
    ['false', { ...CHECKOUT, enabled: false }],
  ])('%s decides for everyone: rules go, all else stays', async (word, flag) => {
    const rules = [{ when: { plan: 'pro' }, serve: 'wallet' }];
    const store = await storeWith({ checkout: { ...CHECKOUT, rules, serve: 'control' } });
    expect((await typed('set', 'checkout', word)).code).toBe(0);
    expect(await flagIn(store, 'checkout')).toEqual(flag);
  });

  it.each([
    ['a list of users', [1, 2]],
    ['a percentage', 30],
    ['users and a percentage of another tool', { users: [1], percentage: 5 }],
    ['targets of another tool', { target: [{ plan: 'premium' }], target_users: [7], rollout_percentage: 1 }],
  ])('drops %s', async (_what, before) => {
    const store = await storeWith({ search: before });
    await typed('set', 'search', 'false');
    expect(await flagIn(store, 'search')).toBe(false);
  });

  it('lets rules choose for whom they choose with --keep-rules', async () => {
    const rules = [{ when: { plan: 'pro' }, serve: 'wallet' }];
    const store = await storeWith({ checkout: { ...CHECKOUT, rules }, search: { users: [1], description: 'New' } });
    await typed('set', 'checkout', 'one_click', '--keep-rules');
    expect(await flagIn(store, 'checkout')).toEqual({ ...CHECKOUT, rules, enabled: true, serve: 'one_click' });
    await typed('set', 'search', '20%', '--keep-rules');
    expect(await flagIn(store, 'search')).toEqual({
      description: 'New',
      rules: [{ name: 'listed users', when: { userId: [1] } }],
      enabled: true,
      serve: { percentage: 20 },
    });
  });

  it('switches a flag off with --keep-rules so that it can be switched on again as it was', async () => {
    const store = await storeWith({ search: { users: [1], percentage: 5 } });
    await typed('set', 'search', 'false', '--keep-rules');
    expect(await flagIn(store, 'search')).toEqual({ users: [1], percentage: 5, enabled: false });
  });

  it('leaves a killed flag killed, and says so', async () => {
    const store = await storeWith({ search: { killed: true } });
    const { code, err } = await typed('set', 'search', 'true');
    expect([code, err]).toEqual([0, 'search is killed and stays off for everyone; gatekeeper revive ends that.']);
    expect(await flagIn(store, 'search')).toMatchObject({ killed: true, enabled: true });
    await typed('set', 'search', '--definition', '{ killed: false, owner: me }');
    expect(await flagIn(store, 'search')).toEqual({ killed: true, owner: 'me' });
  });

  it('writes nothing when nothing is different', async () => {
    await storeWith({ search: false });
    const { code, out } = await typed('set', 'search', 'false');
    expect([code, out]).toEqual([
      0,
      'Nothing is different; nothing was written.\nEnvironment default of flags.db, revision 1',
    ]);
  });

  it('tells programs what it has changed', async () => {
    await storeWith({ search: false });
    expect(await printed('set', 'search', '10%')).toEqual({
      store: 'flags.db',
      environment: 'default',
      revision: 2,
      changes: [{ kind: 'flag', name: 'search', before: false, after: { enabled: true, serve: { percentage: 10 } } }],
    });
  });

  it('records who and why', async () => {
    const store = await storeWith({});
    await typed('set', 'search', 'true', '--by', 'ann', '--comment', 'Monday is the day');
    expect(await lastChange(store)).toMatchObject({ by: 'ann', comment: 'Monday is the day' });
    await typed('set', 'search', 'false');
    expect((await lastChange(store)).by).toMatch(/^.+@.+$/);
  });
});

describe('gatekeeper set --definition', () => {
  it.each([
    [
      'YAML',
      '{ variants: [blue, green], off: blue, owner: colors }',
      { variants: ['blue', 'green'], off: 'blue', owner: 'colors' },
    ],
    ['JSON', '{"enabled":true,"serve":{"percentage":5}}', { enabled: true, serve: { percentage: 5 } }],
    [
      'YAML of several lines',
      'owner: colors\nserve:\n  percentage: 5\n',
      { owner: 'colors', serve: { percentage: 5 } },
    ],
    ['a shorthand', '[1, 2]', [1, 2]],
    ['another shorthand', '20', 20],
  ])('takes %s, by hand or handed in', async (_what, text, flag) => {
    const store = await storeWith({});
    expect(await typed('set', 'a', '--definition', text)).toMatchObject({ code: 0, err: '' });
    expect(await typedIn({ input: text }, 'set', 'b', '--definition', '-')).toMatchObject({ code: 0, err: '' });
    expect([await flagIn(store, 'a'), await flagIn(store, 'b')]).toEqual([flag, flag]);
  });

  it.each([
    ['a definition that is wrong', '{ enabled: maybe }', /enabled/],
    ['text', 'maybe', /is "maybe"; use true, false, a percentage/],
    ['no YAML', '{', /--definition cannot be parsed/],
  ])('refuses %s, and writes nothing', async (_what, text, message) => {
    const store = await storeWith({ search: true });
    const { code, err } = await typed('set', 'search', '--definition', text);
    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(await flagIn(store, 'search')).toBe(true);
  });
});

describe('gatekeeper set, called with', () => {
  it.each([
    ['no value', ['search'], /takes a value/],
    ['a value and a definition', ['search', 'true', '--definition', 'true'], /not both/],
    ['a number', ['search', '20'], /write 20% for a percentage/],
    ['more than everybody', ['search', '101%'], /a percentage from 0% to 100%/],
    ['a percentage of letters', ['search', '2O%'], /'2O%' is no percentage/],
    ['a very long comment', ['search', 'true', '--comment', 'x'.repeat(5_000)], /at most 4000 characters/],
    ['an empty definition', ['search', '--definition', ' '], /--definition is empty/],
    ['nothing for a definition', ['search', '--definition', 'null'], /--definition is empty/],
    ['a slip', ['search', 'tru'], /did you mean 'true'\?/],
    ['a revision that is no number', ['search', 'true', '--expected-revision', 'seven'], /use a whole number/],
  ])('%s says so and writes nothing', async (_what, words, message) => {
    const store = await storeWith({ search: false });
    const { code, err } = await typed('set', ...words);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(await store.revision('default')).toBe(1);
  });

  it('a variant that the flag does not have says which it has', async () => {
    const store = await storeWith({ checkout: CHECKOUT });
    const { code, err } = await typed('set', 'checkout', 'walet');
    expect(code).toBe(1);
    expect(err).toContain(
      `"walet" is not one of the variants 'control', 'one_click', 'wallet'; did you mean 'wallet'?`,
    );
    expect(err).toContain('Nothing was written.');
    expect(await flagIn(store, 'checkout')).toEqual(CHECKOUT);
  });

  it('a name that no flag can have says so', async () => {
    await storeWith({});
    expect(await typed('set', 'a//b', 'true')).toMatchObject({ code: 1, err: expect.stringContaining('folders') });
  });
});

describe("a flag of the app's code, of which the store knows nothing,", () => {
  it('takes its variants, with a warning', async () => {
    const store = await storeWith({});
    const { code, err } = await typed('set', 'MY_NEW_FEATURE', 'VISIBLE');
    expect([code, err]).toEqual([
      0,
      "MY_NEW_FEATURE: 'VISIBLE' is no variant of a boolean flag; taken as one of a flag in the app's code.",
    ]);
    expect(await flagIn(store, 'MY_NEW_FEATURE')).toEqual({ enabled: true, serve: 'VISIBLE' });
    expect((await typed('set', 'MY_NEW_FEATURE', 'VISIBLE')).err).toBe('');
    expect((await typed('set', 'other', 'true')).err).toBe('');
  });

  it.each([
    ['true', 'VISIBLE'],
    ['VISIBLE', 'VISIBLE'],
    ['false', 'NOT_VISIBLE'],
    ['0%', 'NOT_VISIBLE'],
  ])('is decided by %s for everyone, whatever the class would choose', async (word, variant) => {
    class MyNewFeature extends featureFlag({ name: 'MY_NEW_FEATURE', variants: ['VISIBLE', 'NOT_VISIBLE'] }) {
      pickVariant({ isUser }: EvaluationContext) {
        return isUser(1) ? 'VISIBLE' : 'NOT_VISIBLE';
      }
    }
    const store = await storeWith({});
    await typed('set', 'MY_NEW_FEATURE', word);
    const gk = gatekeeper({ flags: [new MyNewFeature()], store });
    expect([1, 2].map((userId) => gk.for({ userId }).ffVariant('MY_NEW_FEATURE'))).toEqual([variant, variant]);
    expect(gk.health().status).toBe('ready');
    await gk.close();
  });

  it('can be what others depend on', async () => {
    await storeWith({ near: true });
    const depends = (name: string, on: string) => typed('set', name, '--definition', `{ prerequisites: { ${on} } }`);
    expect(await depends('a', 'MY_NEW_FEATURE: VISIBLE')).toMatchObject({
      code: 0,
      err: "There is no flag 'MY_NEW_FEATURE' in flags.db; taken as one in the app's code.",
    });
    // What is close to a flag of the store is rather a slip.
    expect(await depends('b', 'neer: on')).toMatchObject({
      code: 1,
      err: expect.stringContaining("did you mean 'near'"),
    });
  });
});
