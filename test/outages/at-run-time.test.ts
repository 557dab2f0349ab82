import { expect, it, onTestFinished, vi } from 'vitest';
import { aShop, reaches } from './a-shop.js';
import { storeOf } from './children/store-of.js';
import { describeOnServers } from './servers.js';
import { traffic } from './traffic.js';

const by = { by: 'ann' };

describeOnServers('an app under load', (server) => {
  it('fails no request when its store is killed, and has the changes made after it came back', async () => {
    const settings = server().fresh();
    const other = storeOf(settings);
    onTestFinished(() => other.close());
    await other.apply('default', { flags: { a: true } }, by);
    const { gk, origin, lines } = await aShop(storeOf(settings), { readyTimeout: 5_000 });
    await gk.ready();
    // Told of by now: it watches.
    await reaches(gk, await other.apply('default', { flags: { b: true } }, by));
    const visitors = traffic(origin);
    const known = { variant: 'on', revision: 2 };
    expect(await visitors.until(({ stale }) => !stale)).toMatchObject(known);

    await server().kill();
    expect(await visitors.until(({ stale }) => stale)).toMatchObject(known);
    expect(gk.health()).toMatchObject({ status: 'stale', since: expect.any(Number) });
    await expect(gk.update('a', { description: 'x' }, by)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await visitors.until(() => true)).toMatchObject({ ...known, stale: true });

    await server().start();
    const written = await vi.waitFor(() => other.apply('default', { flags: { a: false } }, by), 5_000);
    await visitors.until(({ variant, stale }) => variant === 'off' && !stale);
    expect(await visitors.until(() => true)).toMatchObject({ variant: 'off', revision: written, stale: false });
    expect(gk.health()).toEqual({ status: 'ready', problems: [] });
    await visitors.end();
    expect(visitors.failed).toEqual([]);
    expect(visitors.answered).toBeGreaterThan(10);
    expect(lines).toEqual([
      expect.stringMatching(/^error .* The last good flags stay in use\.$/),
      expect.stringMatching(/^info .* can be read again\.$/),
    ]);
  }, 20_000);

  it('has the changes made while nothing was told, because its watching connection was ended', async () => {
    const settings = server().fresh();
    const other = storeOf(settings);
    onTestFinished(() => other.close());
    await other.apply('default', { flags: { a: true } }, by);
    const { gk, lines, visit } = await aShop(storeOf(settings), { readyTimeout: 5_000 });
    await gk.ready();
    for (const value of [false, true, false]) {
      await vi.waitUntil(async () => (await server().endWatching()) > 0, 5_000);
      const revision = await other.apply('default', { flags: { a: value } }, by);
      await reaches(gk, revision);
      expect(await visit()).toMatchObject({ variant: value ? 'on' : 'off', revision, stale: false });
    }
    expect(lines).toEqual([]);
  }, 20_000);
});
