import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { aFolder } from '../stores/a-folder.js';
import { aShop } from './a-shop.js';
import { type StoreSettings, storeOf } from './children/store-of.js';
import { describeOnServers } from './servers.js';

const by = { by: 'ann' };
const NOON = Date.UTC(2027, 0, 1, 12);
const HOUR = 3_600_000;
/** An hour forward, a day back, and so on. */
const JUMPS = [0, HOUR, -24 * HOUR, 48 * HOUR, -1, -365 * 24 * HOUR];

function promises(fresh: () => StoreSettings): void {
  it('numbers changes as they were made, and keeps them in that order', async () => {
    let now = NOON;
    const store = storeOf(fresh());
    const { gk, visit } = await aShop(store, { clock: () => now, readyTimeout: 5_000, consistency: 'strong' });
    await gk.ready();
    for (const [index, jump] of JUMPS.entries()) {
      now = NOON + jump;
      expect(await gk.update('a', index % 2 === 0, by)).toBe(index + 1);
      expect(await visit()).toMatchObject({
        variant: index % 2 === 0 ? 'on' : 'off',
        revision: index + 1,
        stale: false,
      });
      expect(gk.health()).toEqual({ status: 'ready', problems: [] });
    }
    const entries = (await store.history('default')).toReversed();
    expect(entries.map(({ revision, at }) => [revision, at])).toEqual(
      JUMPS.map((jump, index) => [index + 1, NOON + jump]),
    );
  }, 20_000);
}

describe('a clock that jumps, on SQLite', () => {
  promises(() => ({ kind: 'sqlite', path: join(aFolder(), 'gatekeeper.db') }));
});

describeOnServers('a clock that jumps', (server) => {
  promises(() => server().fresh());

  it('does not keep an outage from being noticed, nor from being over', async () => {
    let now = NOON;
    const options = { clock: () => now, readyTimeout: 5_000, consistency: 'strong' } as const;
    const { gk, visit } = await aShop(storeOf(server().fresh()), options);
    await gk.update('a', true, by);
    await server().kill();
    expect(await visit()).toMatchObject({ variant: 'on', stale: true });
    expect(gk.health()).toMatchObject({ status: 'stale', since: NOON });
    now = NOON - 24 * HOUR;
    expect(await visit()).toMatchObject({ variant: 'on', stale: true });
    expect(gk.health()).toMatchObject({ status: 'stale', since: NOON });
    now = NOON + 24 * HOUR;
    await server().start();
    await vi.waitFor(() => expect(gk.health()).toEqual({ status: 'ready', problems: [] }), 15_000);
    expect(await visit()).toMatchObject({ variant: 'on', stale: false });
  }, 25_000);
});
