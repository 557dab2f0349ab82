import express from 'express';
import { type FlagStore, type Gatekeeper, type GatekeeperOptions, gatekeeper } from 'express-gatekeeper';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import request from 'supertest';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aFlag } from '../evaluation/a-flag.js';
import { Notebook } from '../evaluation/a-reader.js';
import { RemoteStore, type Server } from './a-remote-store.js';

const by = { by: 'ann' };
const PATIENCE = { timeout: 5_000, interval: 10 };

interface Running {
  readonly gk: Gatekeeper;
  readonly store: RemoteStore;
  readonly app: express.Express;
  readonly lines: string[];
}

function running(prepare: (store: RemoteStore) => void = () => undefined, options: GatekeeperOptions = {}): Running {
  const store = new RemoteStore();
  prepare(store);
  const logger = new Notebook();
  const gk = gatekeeper({ flags: [], store, logger, readyTimeout: 50, ...options });
  onTestFinished(() => gk.close());
  const app = express()
    .use(gk)
    .get('/{*any}', (req, res) => void res.json(req.gk.details('a')));
  return { gk, store, app, lines: logger.lines };
}

async function served(server: Server = memoryStore()): Promise<Server> {
  await server.apply('default', { flags: { a: true } }, by);
  return server;
}

describe('a request that comes before the flags are loaded', () => {
  it('waits for them', async () => {
    const { app } = running(({ server }) => void served(server));
    expect((await request(app).get('/')).body).toMatchObject({ variant: 'on', revision: 1, stale: false });
  });

  it('is one of many that wait for one read', async () => {
    const { app, store } = running(({ server }) => void served(server), { readyTimeout: 5_000 });
    store.silence();
    const server = app.listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    const answers = Promise.all(Array.from({ length: 100 }, () => request(server).get('/')));
    setTimeout(() => store.mend(), 100);
    for (const { body } of await answers) expect(body.variant).toBe('on');
    expect(store.asked.load).toBe(1);
  });

  it('goes on with what the code says when the store is silent, and says that this may be old news', async () => {
    const flags = [aFlag({ flagName: 'a', pickVariant: () => 'ON' })];
    const { app, gk, lines } = running((store) => store.silence(), { flags });
    expect((await request(app).get('/')).body).toMatchObject({ variant: 'ON', stale: true });
    await expect(gk.ready()).rejects.toThrow('the far store did not answer within 50 ms.');
    expect(gk.health()).toMatchObject({ status: 'stale', cause: 'the far store did not answer within 50 ms.' });
    expect(lines).toEqual([
      'gatekeeper: the far store did not answer within 50 ms. Until then flags are as the code has them.',
    ]);
  });

  it('finds flags loaded once the store answers, without anybody’s help', async () => {
    const { app, gk, store, lines } = running((far) => {
      void served(far.server);
      far.cut();
    });
    await expect(gk.ready()).rejects.toMatchObject({ code: 'STORE_FAILED', message: 'connect ECONNREFUSED' });
    expect((await request(app).get('/')).body).toMatchObject({ errorCode: 'FLAG_NOT_FOUND', stale: true });
    store.mend();
    await vi.waitFor(() => expect(gk.health().status).toBe('ready'), PATIENCE);
    await gk.ready();
    expect((await request(app).get('/')).body).toMatchObject({ variant: 'on', stale: false });
    expect(lines.filter((line) => line.includes('ECONNREFUSED'))).toHaveLength(1);
  });
});

describe('while the store is out of reach', () => {
  it('the last known flags serve, and changes made meanwhile arrive afterwards', async () => {
    const { app, gk, store, lines } = running(({ server }) => void served(server));
    await gk.ready();
    store.cut();
    await vi.waitFor(() => expect(gk.health().status).toBe('stale'), PATIENCE);
    await store.server.apply('default', { flags: { a: false } }, by);
    expect((await request(app).get('/')).body).toMatchObject({ variant: 'on', stale: true });
    await expect(gk.update('a', { description: 'x' }, by)).rejects.toThrow('ECONNREFUSED');
    await expect(gk.fresh()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    const change = new Promise((resolve) => gk.on('change', resolve));
    store.mend();
    expect(await change).toEqual({ flags: ['a'], revision: 2 });
    expect((await request(app).get('/')).body).toMatchObject({ variant: 'off', stale: false });
    expect(gk.health()).toEqual({ status: 'ready', problems: [] });
    expect(lines).toEqual(['gatekeeper: connect ECONNREFUSED The last good flags stay in use.']);
  });

  it('that it lost its data is noticed, and what was known stays', async () => {
    const { gk, store } = running(({ server }) => void served(server));
    await gk.ready();
    await gk.update('b', true, by);
    vi.spyOn(store.server, 'revision').mockResolvedValue(0);
    store.mend();
    await vi.waitFor(() => expect(gk.health().cause).toContain('lost its data'), PATIENCE);
    expect(gk.health().cause).toBe(
      'the far store lost its data: it was at revision 2 and is at 0. Restore it, or restart the app to take what is there.',
    );
    expect(gk.for().isEnabled('a')).toBe(true);
    vi.restoreAllMocks();
    store.mend();
    await vi.waitFor(() => expect(gk.health().status).toBe('ready'), PATIENCE);
  });

  it('closing leaves nothing behind that would go on trying', async () => {
    const { gk, store } = running((far) => far.cut());
    await gk.ready().catch(() => undefined);
    await gk.close();
    const asked = { ...store.asked };
    store.mend();
    await new Promise((resolve) => setImmediate(resolve));
    expect(store.asked).toEqual(asked);
  });
});

describe('in strong mode', () => {
  it('a request that starts after a write was acknowledged sees it, though nothing was told', async () => {
    const { app, gk, store } = running(({ server }) => void served(server), { consistency: 'strong' });
    await gk.ready();
    for (const [index, value] of [false, true, false].entries()) {
      // Behind the watchers' back.
      const watch = vi.spyOn(store, 'deltas', 'get');
      await store.server.apply('default', { flags: { a: value } }, by);
      watch.mockRestore();
      const { body } = await request(app).get('/');
      expect(body).toMatchObject({ variant: value ? 'on' : 'off', revision: index + 2 });
    }
  });

  it('a request that waits for the first load sees what was written after that was read', async () => {
    let deliver = (): void => undefined;
    let tellRead = (): void => undefined;
    const read = new Promise<void>((resolve) => {
      tellRead = resolve;
    });
    const { app, store } = running(
      (far) => {
        void served(far.server);
        const load = far.load.bind(far);
        // Read, and then long on its way.
        far.load = async (environment) => {
          const content = await load(environment);
          tellRead();
          await new Promise<void>((go) => {
            deliver = go;
          });
          return content;
        };
      },
      { consistency: 'strong', readyTimeout: 5_000 },
    );
    await read;
    await store.server.apply('default', { flags: { a: false } }, by);
    const server = app.listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    const answer = request(server).get('/').then();
    server.once('request', () => setImmediate(deliver));
    expect((await answer).body).toMatchObject({ variant: 'off', stale: false });
  });

  it('requests share a read that was sent after they came', async () => {
    const { app, gk, store } = running(({ server }) => void served(server), { consistency: 'strong' });
    await gk.ready();
    const server = app.listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    store.asked.revision = 0;
    await Promise.all(Array.from({ length: 200 }, () => request(server).get('/')));
    expect(store.asked.revision).toBeLessThan(150);
    expect(store.asked.revision).toBeGreaterThan(0);
    expect(store.asked.load).toBe(1);
  });

  it('paths can be left out', async () => {
    const { app, gk, store } = running(({ server }) => void served(server), {
      consistency: { mode: 'strong', except: ['/assets/'] },
    });
    await gk.ready();
    store.asked.revision = 0;
    for (const path of ['/assets', '/assets/a.css', '/assets?v=1']) await request(app).get(path);
    expect(store.asked.revision).toBe(0);
    await request(app).get('/assetsandmore');
    expect(store.asked.revision).toBe(1);
  });

  it('an outage keeps nobody waiting longer than once', async () => {
    const { app, gk, store } = running(({ server }) => void served(server), { consistency: 'strong' });
    await gk.ready();
    store.silence();
    expect((await request(app).get('/')).body).toMatchObject({ variant: 'on', stale: true });
    expect(gk.health().cause).toBe('the far store did not answer within 1000 ms.');
    const asked = store.asked.revision;
    for (let visit = 0; visit < 5; visit += 1) {
      expect((await request(app).get('/')).body).toMatchObject({ variant: 'on', stale: true });
    }
    expect(store.asked.revision).toBeLessThanOrEqual(asked + 1);
    store.mend();
    await vi.waitFor(() => expect(gk.health().status).toBe('ready'), PATIENCE);
    expect((await request(app).get('/')).body).toMatchObject({ stale: false });
  });

  it('a store that answers at once is asked at the first read', async () => {
    const store = memoryStore();
    const quiet: FlagStore = {
      name: 'quiet',
      load: (environment) => store.load(environment),
      revision: (environment) => store.revision(environment),
      apply: (environment, change, options) => store.apply(environment, change, options),
      history: (environment) => store.history(environment),
      watch: () => () => undefined,
      close: () => store.close(),
      sync: store.sync,
    };
    const gk = gatekeeper({ flags: [], store: quiet, consistency: 'strong', logger: new Notebook() });
    onTestFinished(() => gk.close());
    const before = gk.for();
    before.ffVariant('a');
    await store.apply('default', { flags: { a: true } }, by);
    expect(gk.for().ffVariant('a')).toBe('on');
    expect(before.ffVariant('a')).toBeNull();
  });
});
