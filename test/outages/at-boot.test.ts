import { expect, it, onTestFinished, vi } from 'vitest';
import { aProxy } from '../stores/redis/a-proxy.js';
import { aShop } from './a-shop.js';
import { type StoreSettings, storeOf } from './children/store-of.js';
import { describeOnServers, type Server, through } from './servers.js';

const PATIENCE = { timeout: 15_000, interval: 20 };

/** What is wrong with the way to the server, what makes it right, and how it is told at last. */
interface Trouble {
  readonly settings: StoreSettings;
  readonly cause: RegExp;
  end(): Promise<void> | void;
}

const troubles: Readonly<Record<string, (server: Server, settings: StoreSettings) => Promise<Trouble>>> = {
  'refuses connections': async (server, settings) => {
    await server.kill();
    return { settings, cause: /ECONNREFUSED/, end: () => server.start() };
  },
  'takes connections and never answers': async ({ port }, settings) => {
    const { url, freeze, thaw } = await aProxy(port);
    freeze();
    return { settings: through(settings, new URL(url).port), cause: /within 400 ms/, end: thaw };
  },
  'takes connections and is killed': async (server, settings) => {
    const { url } = await aProxy(server.port);
    await server.kill();
    const cause = /closed|terminated|ECONNRESET|no answer/i;
    return { settings: through(settings, new URL(url).port), cause, end: () => server.start() };
  },
};

describeOnServers('an app that starts', (server) => {
  it.each(Object.entries(troubles))(
    'while its store %s serves what the code says, and finds the flags once it can',
    async (_what, begin) => {
      const direct = server().fresh();
      const other = storeOf(direct);
      onTestFinished(() => other.close());
      await other.apply('default', { flags: { a: true } }, { by: 'ann' });
      const { settings, cause, end } = await begin(server(), direct);
      const started = Date.now();

      // It listens by now, though nothing is known of the store.
      const { gk, lines, visit } = await aShop(storeOf(settings), { definitions: { flags: { a: false } } });
      const notLoaded = gk.ready().catch((error: unknown) => error);
      expect(gk.health()).toMatchObject({ status: 'stale', cause: expect.stringContaining('not loaded yet') });
      for (const answer of await Promise.all([visit(), visit(), visit()])) {
        expect(answer).toMatchObject({ variant: 'off', stale: true, revision: 0 });
      }
      const error = await notLoaded;
      expect(error).toMatchObject({ code: 'STORE_FAILED', message: expect.stringMatching(/within 300 ms|\w: /) });
      await vi.waitFor(() => expect(gk.health().cause).toMatch(cause), PATIENCE);
      const { status, since } = gk.health();
      expect(status).toBe('stale');
      expect(since).toBeGreaterThanOrEqual(started);
      expect(since).toBeLessThanOrEqual(Date.now());
      expect(lines).toEqual([expect.stringMatching(/^error .* Until then flags are as the code has them\.$/)]);

      const changed = new Promise((resolve) => gk.on('change', resolve));
      await end();
      expect(await changed).toEqual({ flags: ['a'], revision: 1 });
      await vi.waitFor(() => expect(gk.health()).toEqual({ status: 'ready', problems: [] }), PATIENCE);
      await gk.ready();
      expect(await visit()).toMatchObject({ variant: 'on', stale: false, revision: 1 });
      expect(lines.slice(1)).toEqual([expect.stringMatching(/^info .* can be read again\.$/)]);
    },
    20_000,
  );
});
