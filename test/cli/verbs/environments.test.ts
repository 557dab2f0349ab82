import { describe, expect, it, vi } from 'vitest';
import { workIn } from '../../stores/a-folder.js';
import { aStore, flagIn, lastChange } from '../a-store.js';
import { printed, typed, typedIn } from '../a-terminal.js';

const TWO = {
  staging: { flags: { search: true, 'shop/pay': 20, same: true, dead: { killed: true } }, segments: { beta: [1] } },
  production: { flags: { search: false, same: true, old: true } },
};

describe('an environment', () => {
  it.each([
    ['set', ['search', 'true']],
    ['create', ['new']],
    ['kill', ['search', '--reason', 'x']],
    ['delete', ['search']],
    ['join', ['beta', '1']],
  ])('has to be named for %s when there are several', async (verb, words) => {
    const store = await aStore(TWO);
    expect(await typed(verb, ...words)).toEqual({
      code: 2,
      out: '',
      err: 'flags.db holds several environments: production, staging. Say which to change: --env staging',
    });
    expect([await store.revision('default'), await store.revision('staging')]).toEqual([0, 1]);
  });

  it('has to be named when there is only one, and it is not the one without a name', async () => {
    await aStore({ production: { flags: {}, segments: { beta: [] } } });
    expect((await typed('set', 'search', 'true')).code).toBe(2);
  });

  it('is named by --env, or by the shell', async () => {
    const store = await aStore(TWO);
    expect((await typed('set', 'search', 'false', '--env', 'staging')).out).toContain(
      'Environment staging of flags.db',
    );
    vi.stubEnv('GATEKEEPER_ENV', 'production');
    expect((await typed('set', 'search', 'true')).out).toContain('Environment production of flags.db');
    expect(await flagIn(store, 'search', 'staging')).toBe(false);
    expect(await printed('list', '--env', 'staging')).toMatchObject({ environment: 'staging', revision: 2 });
  });

  it('that is new is pointed out', async () => {
    await aStore(TWO);
    expect(await typed('set', 'search', 'true', '--env', 'stagin')).toMatchObject({
      code: 0,
      err: "'stagin' is a new environment of flags.db; did you mean 'staging'?",
    });
  });

  it('in which nothing can be seen, though there are others, is pointed out', async () => {
    await aStore(TWO);
    for (const verb of ['list', 'export', 'history']) {
      expect((await typed(verb)).err).toBe(
        "There is nothing in environment 'default' of flags.db; there are: production, staging.",
      );
    }
  });

  it('is one for all in a file', async () => {
    workIn({ 'flags.yaml': 'flags: { search: true }\n' });
    expect((await typed('set', 'search', 'false', '--env', 'staging')).err).toBe(
      'flags.yaml holds one set of flags, for every environment.',
    );
    expect((await typed('diff', '--from', 'a', '--to', 'b')).code).toBe(2);
  });
});

describe('gatekeeper diff', () => {
  it('shows what is different, both ways', async () => {
    await aStore(TWO);
    const { code, out } = await typed('diff', '--from', 'staging', '--to', 'production');
    expect(code).toBe(0);
    expect(out.split('\n').sort()).toEqual([
      '+ dead: killed',
      '+ segment beta: 1 user',
      '+ shop/pay: on for 20%',
      '- old: on → deleted',
      'What would make production like staging in flags.db',
      '~ search: off → on',
    ]);
  });

  it('tells programs of some flags only', async () => {
    await aStore(TWO);
    expect(await printed('diff', 'shop/', 'old', '--from', 'staging', '--to', 'production')).toEqual({
      store: 'flags.db',
      from: 'staging',
      to: 'production',
      changes: [
        { kind: 'flag', name: 'shop/pay', before: null, after: 20 },
        { kind: 'flag', name: 'old', before: true, after: null },
      ],
    });
  });

  it.each([
    ['an environment that is not there', ['--from', 'stagin', '--to', 'production'], 4],
    ['no environment', ['--from', 'staging'], 2],
    ['a flag that neither has', ['nope', '--from', 'staging', '--to', 'production'], 4],
  ])('with %s says so', async (_what, words, code) => {
    await aStore(TWO);
    expect(await typed('diff', ...words)).toMatchObject({ code, out: '' });
  });
});

describe('gatekeeper copy', () => {
  const copy = ['copy', '--from', 'staging', '--to', 'production'];

  it('copies everything, and leaves what only the other has', async () => {
    const store = await aStore(TWO);
    expect((await typed(...copy, '--yes')).code).toBe(0);
    const { flags, segments, revision } = await store.load('production');
    expect(flags).toEqual({ search: true, 'shop/pay': 20, same: true, old: true });
    expect([segments, revision]).toEqual([{ beta: [1] }, 2]);
    expect((await lastChange(store, 'production')).comment).toBe('copied from staging');
  });

  it('copies what is named, folders too', async () => {
    const store = await aStore(TWO);
    await typed(...copy, 'shop/', '--yes');
    expect((await store.load('production')).flags).toEqual({ ...TWO.production.flags, 'shop/pay': 20 });
    expect((await typed(...copy, 'nope', '--yes')).code).toBe(4);
  });

  it('never ends a kill, nor brings one along', async () => {
    const store = await aStore({
      staging: { flags: { a: true, b: { killed: true, owner: 'me' } } },
      production: { flags: { a: { killed: true }, b: true } },
    });
    const { err } = await typed(...copy, '--yes');
    expect(err).toContain('a is killed in one of staging and production only; a kill is not copied.');
    expect((await store.load('production')).flags).toEqual({ a: { enabled: true, killed: true }, b: { owner: 'me' } });
  });

  it('shows the difference and asks', async () => {
    const store = await aStore(TWO);
    const asked: string[] = [];
    const answering = (answer: string) => ({
      ask: async (question: string) => {
        asked.push(question);
        return answer;
      },
    });
    const { code, out, err } = await typedIn(answering(''), ...copy, 'shop/');
    expect([code, err]).toEqual([0, 'Nothing was copied.']);
    expect(out).toBe('+ shop/pay: on for 20%');
    expect(asked).toEqual(['Write this to production? [y/N] ']);
    expect(await store.revision('production')).toBe(1);
    expect((await typedIn(answering('y'), ...copy, 'shop/')).code).toBe(0);
    expect(await store.revision('production')).toBe(2);
  });

  it('shows the difference and does nothing where nobody can be asked', async () => {
    const store = await aStore(TWO);
    expect(await typed(...copy, 'shop/')).toEqual({
      code: 2,
      out: '+ shop/pay: on for 20%',
      err: 'Nobody can be asked here: add --yes to write this.',
    });
    expect(await store.revision('production')).toBe(1);
  });

  it('writes what was shown, or nothing', async () => {
    const store = await aStore(TWO);
    const ask = async () => {
      await store.apply('production', { flags: { search: 50 } }, { by: 'somebody else' });
      return 'yes';
    };
    expect((await typedIn({ ask }, ...copy)).code).toBe(3);
    expect(await flagIn(store, 'search', 'production')).toBe(50);
  });

  it('does not copy an environment onto itself', async () => {
    await aStore(TWO);
    expect((await typed('copy', '--from', 'staging', '--to', 'staging', '--yes')).code).toBe(2);
  });
});
