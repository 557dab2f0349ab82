import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { type Gatekeeper, gatekeeper } from 'express-gatekeeper';
import { type DashboardOptions, dashboard } from 'express-gatekeeper/dashboard';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aVisitor, EXPRESSES, silent, start } from './an-app.js';

interface Told {
  readonly flags: readonly string[];
  readonly count: number;
  readonly by: readonly string[];
  readonly revision: number;
}

/** A page that listens. */
class Listener {
  readonly #response: IncomingMessage;
  #text = '';

  constructor(response: IncomingMessage) {
    this.#response = response;
    response.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString();
    });
  }

  get status(): number {
    return this.#response.statusCode ?? 0;
  }

  get headers(): IncomingMessage['headers'] {
    return this.#response.headers;
  }

  get text(): string {
    return this.#text;
  }

  get events(): Told[] {
    return [...this.#text.matchAll(/event: change\ndata: (.*)\n\n/g)].map(([, data]) => JSON.parse(data ?? ''));
  }

  /** Waits for so many events. */
  async told(count: number): Promise<Told[]> {
    while (this.events.length < count) await once(this.#response, 'data');
    return this.events;
  }

  async ended(): Promise<void> {
    if (!this.#response.readableEnded) await once(this.#response, 'end');
  }

  async leave(): Promise<void> {
    this.#response.destroy();
    await once(this.#response, 'close');
  }
}

async function listen(origin: string, query = '', headers = {}, method = 'GET'): Promise<Listener> {
  const sent = request(`${origin}/gatekeeper/live${query}`, { headers, method, agent: false });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const listener = new Listener(response);
  onTestFinished(() => void response.destroy());
  return listener;
}

interface Shop {
  readonly gk: Gatekeeper;
  readonly app: Express;
}

function aShop(options: DashboardOptions = { authorize: () => ({ by: 'ann', can: ['view'] }) }, make = express): Shop {
  const gk = gatekeeper({ flags: [], store: memoryStore(), logger: { ...silent, info() {} } });
  onTestFinished(() => gk.close());
  const app = make();
  app.use('/gatekeeper', dashboard(gk, options));
  return { gk, app };
}

describe.each(EXPRESSES)('an open page, in %s', (_name, make) => {
  it('is told what others change, who it was, and each time once', async () => {
    const { gk, app } = aShop(undefined, make);
    const origin = await start(app);
    const [first, second] = [await listen(origin), await listen(origin)];
    await gk.update('dark_mode', true, { by: 'bob' });
    await gk.update('dark_mode', 20, { by: 'eve' });
    const expected = [
      { flags: ['dark_mode'], count: 1, by: ['bob'], revision: 1 },
      { flags: ['dark_mode'], count: 1, by: ['eve'], revision: 2 },
    ];
    for (const listener of [first, second]) expect(await listener.told(2)).toEqual(expected);
  });
});

describe('the stream of changes', () => {
  it('is one that nothing on the way keeps back or keeps', async () => {
    const listener = await listen(await start(aShop().app));
    expect([listener.status, listener.headers]).toMatchObject([
      200,
      {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      },
    ]);
  });

  it('tells a page that comes late what it missed', async () => {
    const { gk, app } = aShop();
    await gk.update('seen', true, { by: 'bob' });
    await gk.update('missed', true, { by: 'bob' });
    const origin = await start(app);
    const missed = { flags: ['missed'], count: 1, by: ['bob'], revision: 2 };
    expect(await (await listen(origin, '?since=1')).told(1)).toEqual([missed]);
    expect(await (await listen(origin, '?since=0', { 'Last-Event-ID': '1' })).told(1)).toEqual([missed]);
  });

  it.each(['?since=2', '', '?since=-1', '?since=x', '?since=99999999999999999999'])(
    'asked with %j tells nothing that is past',
    async (query) => {
      const { gk, app } = aShop();
      await gk.update('a', true, { by: 'bob' });
      await gk.update('b', true, { by: 'bob' });
      const listener = await listen(await start(app), query);
      await gk.update('c', true, { by: 'bob' });
      expect((await listener.told(1)).map(({ flags }) => flags)).toEqual([['c']]);
    },
  );

  it('asks to come back after a while that differs from page to page', async () => {
    const origin = await start(aShop().app);
    const retries = new Set<string>();
    for (let i = 0; i < 5; i += 1) {
      const listener = await listen(origin);
      await vi.waitUntil(() => listener.text.includes('\n\n'));
      const [, retry = ''] = /^retry: (\d+)\nid: 0\n\n$/.exec(listener.text) ?? [];
      expect(Number(retry)).toBeGreaterThanOrEqual(10_000);
      retries.add(retry);
    }
    expect(retries.size).toBeGreaterThan(1);
  });

  it('carries names and people as JSON, which no name can break out of', async () => {
    const { gk, app } = aShop();
    const listener = await listen(await start(app));
    const name = 'a"\\n</script>';
    await gk.update(name, true, { by: 'x\n\ndata: {}\n\nevent: change' });
    expect(await listener.told(1)).toEqual([
      { flags: [name], count: 1, by: ['x\n\ndata: {}\n\nevent: change'], revision: 1 },
    ]);
  });

  it('names no more flags than a person reads', async () => {
    const store = memoryStore();
    const visitor = await aVisitor({ gatekeeper: { flags: [], store } });
    const listener = await listen(visitor.origin);
    const flags = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`flag-${i}`, true]));
    await store.apply('default', { flags }, { by: 'bob' });
    const [told] = await listener.told(1);
    expect([told?.flags.length, told?.count]).toEqual([20, 1000]);
  });

  it('is for those only who may look', async () => {
    const origin = await start(aShop({ authorize: () => ({ by: 'ann', can: ['edit'] }) }).app);
    expect((await listen(origin)).status).toBe(403);
  });

  it.each([{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }])(
    'gives no place to another site: %j',
    async (headers) => {
      expect((await listen(await start(aShop().app), '', headers)).status).toBe(204);
    },
  );

  it('answers HEAD at once', async () => {
    const listener = await listen(await start(aShop().app), '', {}, 'HEAD');
    expect(listener.headers['content-type']).toContain('text/event-stream');
  });

  it('has places for 50; whoever comes then is told not to come back, until one is free', async () => {
    const { gk, app } = aShop();
    const origin = await start(app);
    const listeners = await Promise.all(Array.from({ length: 50 }, () => listen(origin)));
    expect(listeners.map(({ status }) => status)).toEqual(listeners.map(() => 200));
    expect((await listen(origin)).status).toBe(204);
    await listeners[0]?.leave();
    await vi.waitUntil(async () => (await listen(origin)).status === 200);
    await gk.update('dark_mode', true, { by: 'bob' });
    expect(await listeners[49]?.told(1)).toHaveLength(1);
  });
});

describe('an app that closes', () => {
  it('ends the stream with gk.close(), and gives no new one', async () => {
    const { gk, app } = aShop();
    const origin = await start(app);
    const listener = await listen(origin);
    await gk.close();
    await listener.ended();
    expect((await listen(origin)).status).toBe(204);
  });

  it('is not kept from closing its server by a page that listens', async () => {
    const { app } = aShop();
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const listener = await listen(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const closed = once(server, 'close');
    server.close();
    await Promise.all([listener.ended(), closed]);
  });
});

describe('a page', () => {
  it('says where it listens, and from which change on', async () => {
    const store = memoryStore();
    await store.apply('default', { flags: { a: true } }, { by: 'ann' });
    const visitor = await aVisitor({ gatekeeper: { flags: [], store } });
    expect((await visitor.open()).text).toMatch(
      /<body data-live="\.\/live\?since=1" data-by="ann" data-reloads="yes">/,
    );
    expect((await visitor.open('/nowhere')).text).toMatch(/<script type="module" src="\.\/live\.js\?v=/);
  });

  it('that answers a form offers no reload', async () => {
    const visitor = await aVisitor({ gatekeeper: { store: memoryStore() } });
    expect((await visitor.post('/override', { flag: 'x' })).text).toMatch(/<body data-live="[^"]+" data-by="ann">/);
  });

  it('of an app without a store has nothing to listen to', async () => {
    expect((await (await aVisitor()).open()).text).not.toMatch(/data-live|live\.js/);
  });
});
