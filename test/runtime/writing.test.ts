import { ConflictError, type Gatekeeper, type GatekeeperOptions, gatekeeper } from 'express-gatekeeper';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFlag } from '../evaluation/a-flag.js';
import { Notebook } from '../evaluation/a-reader.js';
import { RemoteStore } from './a-remote-store.js';

const by = { by: 'ann' };

async function writable(options: GatekeeperOptions = {}): Promise<Gatekeeper> {
  const gk = gatekeeper({ flags: [], store: memoryStore(), logger: new Notebook(), ...options });
  onTestFinished(() => gk.close());
  await gk.ready();
  return gk;
}

const stores = { 'that answers at once': memoryStore, 'at a distance': () => new RemoteStore() };

describe.each(Object.entries(stores))('in a store %s', (_what, create) => {
  it('a flag is created, changed and deleted, each in use once it is acknowledged', async () => {
    const store = create();
    const gk = await writable({ store });
    expect(await gk.update('dark_mode', true, by)).toBe(1);
    expect(gk.for().isEnabled('dark_mode')).toBe(true);
    expect(gk.for().details('dark_mode').revision).toBe(1);
    await gk.update('dark_mode', { enabled: false, description: 'Night' }, { ...by, comment: 'too dark' });
    expect(gk.for().details('dark_mode')).toMatchObject({ variant: 'off', revision: 2 });
    await gk.update('dark_mode', null, by);
    expect(gk.for().ffVariant('dark_mode')).toBeNull();
    expect((await store.history('default')).map(({ by: who, comment }) => [who, comment])).toEqual([
      ['ann', ''],
      ['ann', 'too dark'],
      ['ann', ''],
    ]);
  });

  it('a patch changes what it names, in a shorthand too', async () => {
    const store = create();
    const gk = await writable({ store });
    await gk.update('a', 20, by);
    await gk.update('a', { description: 'A fifth', tags: ['x'] }, by);
    await gk.update('a', { tags: null, owner: 'web' }, by);
    const { flags } = await store.load('default');
    expect(flags['a']).toEqual({ serve: { percentage: 20 }, description: 'A fifth', owner: 'web' });
    await gk.update('b', ['ann', 7], by);
    await gk.update('b', { description: 'Two' }, by);
    expect([gk.for({ userId: '7' }).isEnabled('b'), gk.for({ userId: 8 }).isEnabled('b')]).toEqual([true, false]);
  });

  it('of many changes at once none is lost', async () => {
    const gk = await writable({ store: create() });
    await Promise.all(Array.from({ length: 50 }, (_, index) => gk.update(`f${index % 5}`, { tags: [`${index}`] }, by)));
    expect(Object.keys(gk.for().all())).toHaveLength(5);
    expect(gk.for().details('f0').revision).toBe(50);
  });

  it('a change that changes nothing is none', async () => {
    const store = create();
    const gk = await writable({ store });
    const revision = await gk.update('a', { enabled: true }, by);
    expect(await gk.update('a', { enabled: true }, by)).toBe(revision);
    expect(await store.history('default')).toHaveLength(1);
  });
});

describe('two processes with one store', () => {
  async function two(): Promise<[Gatekeeper, Gatekeeper, RemoteStore]> {
    const one = new RemoteStore();
    const other = new RemoteStore(one.server);
    return [await writable({ store: one }), await writable({ store: other }), other];
  }

  it('change one flag field by field without undoing each other', async () => {
    const [one, other] = await two();
    await one.update('a', { enabled: true }, by);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => [
        one.update('a', { overrides: { on: [index] } }, by),
        other.update('a', { tags: [`t${index}`] }, by),
      ]).flat(),
    );
    await one.fresh();
    await other.fresh();
    expect(one.for().details('a')).toEqual(other.for().details('a'));
    expect(one.for({ userId: 19 }).explain('a').reason).toBe('OVERRIDE');
    expect(one.for().details('a').revision).toBe(41);
  });

  it('know of each other’s changes: what was looked at and changed since is refused, with what is there now', async () => {
    const [one, other] = await two();
    const seen = await one.update('a', { description: 'one' }, by);
    await other.fresh();
    const now = await other.update('a', { description: 'other' }, by);
    const refused: unknown = await one
      .update('a', { description: 'mine' }, { ...by, expectedRevision: seen })
      .catch((error) => error);
    expect(refused).toBeInstanceOf(ConflictError);
    expect(refused).toMatchObject({
      code: 'CONFLICT',
      revision: now,
      current: { flags: { a: { description: 'other' } } },
    });
    await one.update('b', { description: 'mine' }, { ...by, expectedRevision: seen });
  });

  it('do not take a wish for fulfilled that somebody undid meanwhile', async () => {
    const [one, other, line] = await two();
    await one.update('a', true, by);
    await other.fresh();
    line.silence();
    await one.update('a', false, by);
    const wish = other.update('a', true, by);
    line.mend();
    await wish;
    await one.fresh();
    expect([one.for().isEnabled('a'), other.for().isEnabled('a')]).toEqual([true, true]);
  });

  it('tell who listens of changes made elsewhere', async () => {
    const [one, other] = await two();
    const told = new Promise((resolve) => other.on('change', resolve));
    await one.update('a', true, by);
    expect(await told).toEqual({ flags: ['a'], revision: 1 });
  });
});

describe('what is refused, leaving everything as it was', () => {
  it('a definition that cannot be used', async () => {
    const gk = await writable();
    await expect(gk.update('a', { enabledd: false }, by)).rejects.toThrow(
      /^memory: Flag "a" has the unknown key "enabledd"; did you mean 'enabled'\? Nothing was written\./,
    );
    expect(gk.for().ffVariant('a')).toBeNull();
    expect(gk.health().problems).toEqual([]);
  });

  it('taking away what another flag needs', async () => {
    const gk = await writable();
    await gk.update('a', { variants: ['x', 'y', 'off'] }, by);
    await gk.update('b', { prerequisites: { a: 'y' } }, by);
    await expect(gk.update('a', { variants: ['x', 'off'] }, by)).rejects.toThrow(/Flag "b".*"y"/s);
    await expect(gk.update('a', null, by)).rejects.toThrow(/Flag "b".*'a'|Flag "b".*"a"/s);
    expect(gk.for().details('b').variant).toBe('off');
  });

  it('a variant that the code of a class still names', async () => {
    const gk = await writable({ flags: [aFlag({ flagName: 'SOME_FLAG' })] });
    await expect(gk.update('SOME_FLAG', { variants: ['ON'] }, by)).rejects.toThrow(/variants/);
    await gk.update('SOME_FLAG', { serve: 'ON' }, by);
    expect(gk.for().ffVariant('SOME_FLAG')).toBe('ON');
    await gk.update('SOME_FLAG', { serve: null }, by);
  });

  it.each([
    ['nothing', undefined, /What flag "a" is to become is undefined, which JSON does not have/],
    ['a function', () => true, /is function/],
    [
      'a number that JSON does not have',
      { serve: { percentage: Number.NaN } },
      /"a" is to become\.serve\.percentage is NaN/,
    ],
    ['a date', { expires: new Date(0) }, /expires is "1970/],
    ['a big integer', { salt: 1n }, /salt is 1/],
    ['a hole in a list', { tags: [undefined] }, /tags\[0\] is undefined/],
  ])('%s in place of a definition', async (_what, patch, message) => {
    const gk = await writable();
    await gk.update('a', 20, by);
    await expect(gk.update('a', patch as never, by)).rejects.toThrow(message);
    expect(gk.for().details('a').revision).toBe(1);
  });

  it('what contains itself', async () => {
    const gk = await writable();
    const circle: Record<string, unknown> = {};
    circle['not'] = circle;
    await expect(gk.update('a', { rules: [{ when: circle }] }, by)).rejects.toMatchObject({
      code: 'INVALID_DEFINITION',
    });
  });

  it('members that are not given: they change nothing', async () => {
    const gk = await writable();
    await gk.update('a', { enabled: false, serve: { percentage: 1 } }, by);
    await gk.update('a', { enabled: undefined, serve: undefined, description: 'x' }, by);
    expect(gk.for().details('a')).toMatchObject({ variant: 'off', reason: 'DISABLED' });
    await gk.update('a', { enabled: true }, by);
    expect(gk.for({ userId: 'nobody in particular' }).explain('a').text).toContain('1 %');
  });

  it('what is no name', async () => {
    const gk = await writable();
    for (const name of [undefined, null, 5, {}])
      await expect(gk.update(name as never, true, by)).rejects.toThrow(/not the name/);
    await expect(gk.update('a', true, undefined as never)).rejects.toThrow(/who makes it/);
    await expect(gk.kill('a', undefined as never)).rejects.toThrow(/no flag "a"/);
  });

  it('a change by nobody', async () => {
    const gk = await writable();
    await expect(gk.update('a', true, {} as never)).rejects.toThrow(/who makes it/);
    await expect(gk.update('a', true, { by: ' ' })).rejects.toThrow(/use a non-empty string/);
    await expect(gk.update('a', true, { ...by, expectedRevision: -1 })).rejects.toThrow(/expectedRevision/);
    await expect(gk.update('a', true, { ...by, commment: '' } as never)).rejects.toThrow(/knows no option/);
  });

  it('a change without a store', async () => {
    const gk = gatekeeper({ flags: [], definitions: { flags: {} } });
    await expect(gk.update('a', true, by)).rejects.toMatchObject({ code: 'READ_ONLY' });
  });
});

describe('a kill', () => {
  it('holds for everyone until the flag is revived', async () => {
    const gk = await writable();
    await gk.update('a', { overrides: { on: [1] }, serve: 'on' }, by);
    await gk.kill('a', { ...by, reason: 'It burns.' });
    expect(gk.for({ userId: 1 }).details('a')).toMatchObject({ variant: 'off', reason: 'DISABLED' });
    await gk.revive('a', { ...by, reason: 'It is out.' });
    expect(gk.for({ userId: 1 }).details('a')).toMatchObject({ variant: 'on', reason: 'OVERRIDE' });
  });

  it('takes a class out of its own hands, and gives it back', async () => {
    const store = memoryStore();
    const gk = await writable({ store, flags: [aFlag({ pickVariant: () => 'ON' })] });
    await gk.kill('SOME_FLAG', { ...by, reason: 'It burns.' });
    expect(gk.for().ffVariant('SOME_FLAG')).toBe('OFF');
    expect((await store.history('default'))[0]).toMatchObject({ by: 'ann', comment: 'It burns.' });
    await gk.revive('SOME_FLAG', { ...by, reason: 'Mended.' });
    expect(gk.for().ffVariant('SOME_FLAG')).toBe('ON');
  });

  it('is possible for a flag whose definition cannot be used', async () => {
    const store = memoryStore();
    await store.apply('default', { flags: { a: { enabled: true, serve: 'nothing of the kind' } } }, by);
    const gk = await writable({ store, definitions: { flags: { a: true } } });
    expect(gk.for().isEnabled('a')).toBe(true);
    await gk.kill('a', { ...by, reason: 'It burns.' });
    expect(gk.for().isEnabled('a')).toBe(false);
    await expect(gk.update('a', { serve: 'nor this' }, by)).rejects.toThrow(/nor this/);
  });

  it('needs a reason and a flag that is there', async () => {
    const gk = await writable();
    await gk.update('checkout', true, by);
    await expect(gk.kill('chekout', { ...by, reason: 'x' })).rejects.toThrow(
      /no flag "chekout"; did you mean 'checkout'/,
    );
    await expect(gk.kill('checkout', { ...by, reason: ' ' })).rejects.toThrow(/takes a reason/);
  });
});

describe('a segment', () => {
  it('is joined and left by users while the app runs', async () => {
    const store = memoryStore();
    await store.apply(
      'default',
      {
        segments: { beta: { users: ['ann'] } },
        flags: { new: { rules: [{ when: { segment: 'beta' } }], serve: 'off' } },
      },
      by,
    );
    const gk = await writable({ store });
    await gk.joinSegment('beta', 7);
    expect([7, '7', 'ann', 8].map((userId) => gk.for({ userId }).isEnabled('new'))).toEqual([true, true, true, false]);
    await gk.joinSegment('beta', '7');
    await gk.leaveSegment('beta', '7', { by: 'bob' });
    expect(gk.for({ userId: 7 }).isEnabled('new')).toBe(false);
    expect((await store.history('default', { segment: 'beta' })).map((entry) => entry.by)).toEqual([
      'bob',
      'user 7',
      'ann',
    ]);
  });

  it('that the code defines is joined in the store', async () => {
    const gk = await writable({
      definitions: {
        flags: { new: { rules: [{ when: { segment: 'beta' } }], serve: 'off' } },
        segments: { beta: ['ann'] },
      },
    });
    await gk.joinSegment('beta', 'bob');
    expect(['ann', 'bob', 'eve'].map((userId) => gk.for({ userId }).isEnabled('new'))).toEqual([true, true, false]);
  });

  it('has to be there, and takes users only', async () => {
    const gk = await writable();
    await expect(gk.joinSegment('beta', 7)).rejects.toThrow(/no segment "beta"/);
    await expect(gk.joinSegment('beta', '')).rejects.toThrow(/not a user id/);
  });
});

describe('a mistake', () => {
  const definitions = {
    flags: { new: { rules: [{ when: { segment: 'beta' } }], serve: 'off' } },
    segments: { beta: [1] },
  };
  const broken = { segments: { beta: { when: { segment: 'beta' } } } };

  it('in the store does not keep the app from starting, though its code refers to it', async () => {
    const store = memoryStore();
    await store.apply('default', broken, by);
    const gk = await writable({ store, definitions });
    expect(gk.health()).toMatchObject({ status: 'degraded' });
    expect(gk.health().problems.map(({ kind, name }) => [kind, name])).toEqual([
      ['segment', 'beta'],
      ['flag', 'new'],
    ]);
  });

  it('in the store is set aside while the app runs, and all else is in use', async () => {
    const store = memoryStore();
    const gk = await writable({ store, definitions });
    expect(gk.for({ userId: 1 }).isEnabled('new')).toBe(true);
    await store.apply('default', { ...broken, flags: { other: true } }, by);
    expect(gk.for().isEnabled('other')).toBe(true);
    expect(gk.for({ userId: 1 }).isEnabled('new')).toBe(false);
    await store.apply('default', { segments: { beta: [2] } }, by);
    expect(gk.for({ userId: 2 }).isEnabled('new')).toBe(true);
    expect(gk.health()).toEqual({ status: 'ready', problems: [] });
  });

  it('in the code is an error at creation, also with a store', () => {
    const wrong = { flags: { new: { rules: [{ when: { segment: 'btea' } }] } } };
    expect(() => gatekeeper({ flags: [], definitions: wrong, store: memoryStore() })).toThrow(/segment "btea"/);
  });
});
