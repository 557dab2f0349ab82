import { join } from 'node:path';
import { withSnapshotFile } from 'express-gatekeeper/stores';
import { expect, it, onTestFinished, vi } from 'vitest';
import { aFolder } from '../stores/a-folder.js';
import { aShop, reaches } from './a-shop.js';
import { storeOf } from './children/store-of.js';
import { describeOnServers } from './servers.js';

const by = { by: 'ann' };

describeOnServers('an app with a snapshot file', (server) => {
  it('that is restarted while its store is down serves the last known flags, and the newest once it is back', async () => {
    const settings = server().fresh();
    const other = storeOf(settings);
    onTestFinished(() => other.close());
    const path = join(aFolder(), 'flags.json');
    const before = await aShop(withSnapshotFile(storeOf(settings), path), { readyTimeout: 5_000 });
    await before.gk.ready();
    await before.gk.update('b', true, by);
    await reaches(before.gk, await other.apply('default', { flags: { b: false } }, by));
    await before.gk.update('a', true, by);
    await before.gk.close();
    await server().kill();

    const { gk, lines, visit } = await aShop(withSnapshotFile(storeOf(settings), path), { readyTimeout: 5_000 });
    expect(await visit()).toMatchObject({ variant: 'on', revision: 3, stale: true });
    expect(gk.health()).toMatchObject({ status: 'stale', cause: expect.stringContaining('ECONNREFUSED') });
    await expect(gk.update('a', false, by)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await visit()).toMatchObject({ variant: 'on', revision: 3, stale: true });

    await server().start();
    const revision = await vi.waitFor(() => other.apply('default', { flags: { a: false } }, by), 5_000);
    await vi.waitFor(() => expect(gk.health().status).toBe('ready'), { timeout: 15_000, interval: 20 });
    await gk.fresh();
    expect(await visit()).toMatchObject({ variant: 'off', revision, stale: false });
    expect(lines).toEqual([expect.stringMatching(/^error /), expect.stringMatching(/^info .* can be read again\.$/)]);
  }, 25_000);
});
