import { EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs';
import { json } from 'node:stream/consumers';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type RequestHandler, raw, text, urlencoded } from 'express';
import { flag, gatekeeper } from 'express-gatekeeper';
import session from 'express-session';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag } from './flags.js';
import { logIn } from './on-the-way.js';
import { Recorder } from './recorder.js';
import { serve } from './server.js';
import { ask } from './wire.js';

const deep = (depth: number): boolean => (depth === 0 ? flag('FEATURE', 'on') : deep(depth - 1));

/** Roads on which code below a request gets to ask. */
const ROADS: Readonly<Record<string, () => Promise<boolean>>> = {
  'at once': async () => flag('FEATURE', 'on'),
  'without a variant': async () => flag('FEATURE'),
  'a hundred calls below': async () => deep(100),
  'after an await': async () => {
    await null;
    return flag('FEATURE', 'on');
  },
  'after many awaits': async () => {
    for (const wait of [1, 0, 2]) await delay(wait);
    return flag('FEATURE', 'on');
  },
  'in a timer': () => new Promise((resolve) => setTimeout(() => resolve(flag('FEATURE', 'on')), 1)),
  'in an interval': () =>
    new Promise((resolve) => {
      const timer = setInterval(() => {
        clearInterval(timer);
        resolve(flag('FEATURE', 'on'));
      }, 1);
    }),
  'in setImmediate': () => new Promise((resolve) => setImmediate(() => resolve(flag('FEATURE', 'on')))),
  'in nextTick': () => new Promise((resolve) => process.nextTick(() => resolve(flag('FEATURE', 'on')))),
  'in a microtask': () => new Promise((resolve) => queueMicrotask(() => resolve(flag('FEATURE', 'on')))),
  'in a chain of promises': () =>
    Promise.resolve()
      .then(() => delay(1))
      .then(() => flag('FEATURE', 'on')),
  'after one of several promises failed': () =>
    Promise.allSettled([Promise.reject(new Error('one')), delay(1)]).then(() => flag('FEATURE', 'on')),
  'in a callback of the file system': () =>
    new Promise((resolve) => readFile(import.meta.filename, () => resolve(flag('FEATURE', 'on')))),
  'behind promisify': async () => {
    await promisify(readFile)(import.meta.filename);
    return flag('FEATURE', 'on');
  },
  'after an event': async () => {
    const emitter = new EventEmitter();
    setTimeout(() => emitter.emit('done'), 1);
    await once(emitter, 'done');
    return flag('FEATURE', 'on');
  },
  'in a generator': async () => {
    async function* steps(): AsyncGenerator<boolean> {
      await delay(1);
      yield flag('FEATURE', 'on');
    }
    for await (const step of steps()) return step;
    return false;
  },
};

describe.each(EXPRESSES)('flag(), in %s', (_name, express) => {
  const start = async (...handlers: RequestHandler[]): Promise<string> => {
    const app = anApp(express, {
      flags: [new AnyFlag('FEATURE', ({ isUser }) => (isUser('ann') ? 'on' : 'off'))],
      before: [logIn],
      after: handlers,
      routes: (routes) => {
        routes.all('/', (_req, res) => void res.json(flag('FEATURE', 'on')));
      },
    });
    return serve(app);
  };
  const ANN = { 'X-User': 'ann' };

  it.each(Object.entries(ROADS))('is the flag of the request %s', async (_how, road) => {
    const origin = await start((_req, res, next) => void road().then((on) => res.json(on), next));
    expect((await ask(origin, '/', ANN)).text).toBe('true');
    expect((await ask(origin, '/')).text).toBe('false');
  });

  it.each<[string, RequestHandler, string]>([
    ['JSON', express.json({ limit: '1mb' }), 'application/json'],
    ['forms', express.urlencoded({ extended: false, limit: '1mb' }), 'application/x-www-form-urlencoded'],
    ['text', text({ limit: '1mb' }), 'text/plain'],
    ['bytes', raw({ limit: '1mb' }), 'application/octet-stream'],
    ['forms of Express 5', urlencoded({ limit: '1mb' }), 'application/x-www-form-urlencoded'],
  ])('is the flag of the request behind a parser of %s', async (_what, parser, type) => {
    const origin = await start(parser);
    const body = type === 'application/json' ? JSON.stringify({ a: 'a'.repeat(300_000) }) : `a=${'a'.repeat(300_000)}`;
    expect((await request(origin).post('/').set(ANN).type(type).send(body)).body).toBe(true);
    expect((await request(origin).post('/').type(type).send(body)).body).toBe(false);
  });

  it('is the flag of the request for whoever reads the body by hand', async () => {
    const origin = await start((req, res, next) => void json(req).then(() => res.json(flag('FEATURE', 'on')), next));
    const sent = request(origin)
      .post('/')
      .set(ANN)
      .send({ a: 'a'.repeat(300_000) });
    expect((await sent).body).toBe(true);
  });

  it('is the flag of the request for listeners of its events, as upload parsers and access logs are', async () => {
    const seen: Record<string, boolean> = {};
    const origin = await start((req, res) => {
      req.on('data', () => undefined);
      req.on('end', () => {
        seen['end of the body'] = flag('FEATURE', 'on');
        res.json('done');
      });
      res.on('finish', () => {
        seen['end of the answer'] = flag('FEATURE', 'on');
      });
    });
    await request(origin)
      .post('/')
      .set(ANN)
      .send({ a: 'a'.repeat(300_000) });
    expect(seen).toEqual({ 'end of the body': true, 'end of the answer': true });
  });

  it('is the flag of the request behind a session', async () => {
    const origin = await start(session({ secret: 's', resave: false, saveUninitialized: true }));
    expect((await request(origin).get('/').set(ANN)).body).toBe(true);
  });

  it('is never the flag of another request, however they overlap', async () => {
    const origin = await start((req, res, next) => {
      const mine = req.gk.ff('FEATURE', 'on');
      const wait = async (): Promise<void> => {
        const seen: boolean[] = [];
        for (let turn = 0; turn < 5; turn += 1) {
          await (Math.random() < 0.5 ? nextTurn() : delay(Math.random() * 3));
          seen.push(flag('FEATURE', 'on'));
        }
        res.json(seen.every((on) => on === mine) ? mine : 'mixed up');
      };
      wait().catch(next);
    });
    const users = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? 'ann' : 'bob'));
    const answers = await Promise.all(users.map((user) => ask(origin, '/', { 'X-User': user })));
    expect(answers.map(({ text: body }) => body)).toEqual(users.map((user) => String(user === 'ann')));
  });

  it('is false for an unknown flag and an unknown variant', async () => {
    const origin = await start(
      (_req, res) => void res.json([flag('NOWHERE'), flag('NOWHERE', 'on'), flag('FEATURE', '')]),
    );
    expect((await ask(origin, '/', ANN)).text).toBe('[false,false,false]');
  });

  it('is the flag of the request in a job that outlives it', async () => {
    const jobs = new EventEmitter();
    const origin = await start((_req, res) => {
      setTimeout(() => jobs.emit('timed', flag('FEATURE', 'on')), 5);
      res.json('started');
    });
    const timed = once(jobs, 'timed');
    await ask(origin, '/', ANN);
    expect(await timed).toEqual([true]);
  });
});

describe('flag() outside a request', () => {
  it('is false, and says so once to the newest gatekeeper’s logger', async () => {
    const [older, newer] = [new Recorder(), new Recorder()];
    for (const logger of [older, newer]) gatekeeper({ flags: [new AnyFlag('FEATURE', () => 'on')], logger });
    expect([flag('FEATURE', 'on'), flag('FEATURE'), flag('NOWHERE')]).toEqual([false, false, false]);
    await delay(1);
    expect(flag('FEATURE')).toBe(false);
    expect(older.messages).toEqual([]);
    expect(newer.messages).toEqual([
      expect.stringMatching(/flag\("FEATURE"\) found no request.*app\.use\(gatekeeper\(\)\).*ambient: true.*gk\.for/),
    ]);
  });

  it('is false in a job that was started beside the requests', async () => {
    const seen: boolean[] = [];
    const app = anApp(EXPRESSES[1][1], { flags: [new AnyFlag('FEATURE', () => 'on')] });
    const job = setInterval(() => seen.push(flag('FEATURE')), 1);
    const origin = await serve(app);
    await Promise.all(Array.from({ length: 20 }, () => ask(origin, '/flags')));
    await delay(5);
    clearInterval(job);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).not.toContain(true);
  });

  it('has its place taken by gk.for(…)', () => {
    const gk = gatekeeper({ flags: [new AnyFlag('FEATURE', ({ isUser }) => (isUser(7) ? 'on' : 'off'))] });
    expect([gk.for({ userId: 7 }).ff('FEATURE', 'on'), gk.for().ff('FEATURE', 'on')]).toEqual([true, false]);
  });
});
