import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Express, Request, RequestHandler, Response } from 'express';
import onHeaders from 'on-headers';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { overrideCookie } from './cookies.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag } from './flags.js';
import { onTheWay } from './on-the-way.js';
import { serve } from './server.js';
import { type Answer, ask } from './wire.js';

const PRIVATE = 'private, no-store';
const PUBLIC = 'public, max-age=3600';
const FILES = join(import.meta.dirname, 'files');
const PUBLICLY = { 'Cache-Control': PUBLIC };

/** Ways to answer that say something about caching, each after it read a flag. */
const ANSWERS: Readonly<Record<string, (res: Response, req: Request) => unknown>> = {
  'res.set': (res) => res.set(PUBLICLY).send('page'),
  'res.setHeader in small letters': (res) => res.setHeader('cache-control', PUBLIC).end('page'),
  'res.json': (res) => res.set(PUBLICLY).json({ page: 1 }),
  'res.append': (res) => res.set('Cache-Control', 'public').append('Cache-Control', 'max-age=3600').send('page'),
  'writeHead with headers': (res) => res.writeHead(200, PUBLICLY).end('page'),
  'writeHead with a message': (res) => res.writeHead(200, 'Fine', PUBLICLY).end('page'),
  'writeHead with a list': (res) => res.writeHead(200, ['Cache-Control', PUBLIC]).end('page'),
  'writeHead with small letters': (res) => res.writeHead(200, { 'cache-control': PUBLIC }).end('page'),
  'flushHeaders and a stream': (res) => {
    res.set(PUBLICLY).flushHeaders();
    res.write('pa');
    res.end('ge');
  },
  'a stream': async (res) => pipeline(Readable.from(['pa', 'ge']), res.set(PUBLICLY)),
  'sendFile with maxAge': (res) => res.sendFile(join(FILES, 'terms.txt'), { maxAge: '1h' }),
  redirect: (res) => res.set(PUBLICLY).redirect('/elsewhere'),
  'sendStatus 404': (res) => res.set(PUBLICLY).status(404).send('nothing'),
  'a HEAD-like empty answer': (res) => res.set(PUBLICLY).status(204).end(),
};

describe.each(EXPRESSES)('an answer to a browser with an override, in %s', (_name, express) => {
  const start = async (routes: (app: Express) => void, before: readonly RequestHandler[] = []): Promise<string> =>
    serve(
      anApp(express, {
        flags: [new AnyFlag('FEATURE'), new AnyFlag('OTHER')],
        browserOverrides: { secret: 'a secret' },
        before,
        routes,
      }),
    );

  /** The page at `path` as a browser with the override sees it, and as all others do. */
  const both = async (origin: string, path = '/', headers = {}): Promise<[own: Answer, others: Answer]> => {
    const cookie = await overrideCookie(origin, { FEATURE: 'on' });
    return [await ask(origin, path, { Cookie: cookie, ...headers }), await ask(origin, path, headers)];
  };

  it.each(Object.entries(ANSWERS))('is private, no-store, whatever the app says: %s', async (_how, answer) => {
    const origin = await start((app) => {
      app.get('/', (req, res) => {
        req.gk.ff('FEATURE', 'on');
        void answer(res, req);
      });
    });
    const [own, others] = await both(origin);
    expect(own.headers['cache-control']).toBe(PRIVATE);
    expect(others.headers['cache-control']).toMatch(/^public, max-age=3600$/i);
    expect([own.status, own.text]).toEqual([others.status, others.text]);
  });

  it('is so whichever flag it read, because all of the page may depend on it', async () => {
    const origin = await start((app) => {
      app.get('/', (req, res) => void res.set(PUBLICLY).json(req.gk.ffVariant('OTHER')));
    });
    expect((await both(origin))[0].headers['cache-control']).toBe(PRIVATE);
  });

  it('is the app’s to cache when it read no flag at all', async () => {
    const origin = await start((app) => void app.get('/', (_req, res) => void res.set(PUBLICLY).send('page')));
    expect((await both(origin))[0].headers['cache-control']).toBe(PUBLIC);
  });

  it('is private when it is a 304, too', async () => {
    const origin = await start((app) => {
      app.use(onTheWay((req) => req.gk.ff('FEATURE', 'on')));
      app.get('/page', (_req, res) => void res.set({ ...PUBLICLY, ETag: '"one"' }).send('page'));
      app.use(express.static(FILES, { maxAge: '1h' }));
    });
    const [own, others] = await both(origin, '/page', { 'If-None-Match': '"one"' });
    expect([own.status, own.headers['cache-control']]).toEqual([304, PRIVATE]);
    expect([others.status, others.headers['cache-control']]).toEqual([304, PUBLIC]);
    const { etag } = (await ask(origin, '/terms.txt')).headers;
    const [file] = await both(origin, '/terms.txt', { 'If-None-Match': etag });
    expect([file.status, file.headers['cache-control']]).toEqual([304, PRIVATE]);
  });

  it('is private when it is the error page of Express itself', async () => {
    const origin = await start((app) => {
      app.get('/broken', (req) => {
        req.gk.ff('FEATURE', 'on');
        throw Object.assign(new Error('broken'), { status: 503, headers: PUBLICLY });
      });
      app.get('/nowhere', (req, res, next) => {
        req.gk.ff('FEATURE', 'on');
        res.set(PUBLICLY);
        next();
      });
    });
    expect((await both(origin, '/broken'))[0].headers['cache-control']).toBe(PRIVATE);
    const [own] = await both(origin, '/nowhere');
    expect([own.status, own.headers['cache-control']]).toEqual([404, PRIVATE]);
  });

  it('is private even when middleware in front of the gatekeeper has the last word on headers', async () => {
    const cacheEverything = onTheWay((_req, res) => {
      onHeaders(res, () => void res.setHeader('Cache-Control', PUBLIC));
    });
    const origin = await start(
      (app) => void app.get('/', (req, res) => void res.json(req.gk.ffVariant('FEATURE'))),
      [cacheEverything],
    );
    const [own, others] = await both(origin);
    expect([own.text, own.headers['cache-control']]).toEqual(['"on"', PRIVATE]);
    expect([others.text, others.headers['cache-control']]).toEqual(['"off"', PUBLIC]);
  });

  it('never shows an override below headers that let everybody’s caches keep it', async () => {
    const origin = await start((app) => {
      app.get('/', (req, res) => {
        res.set(PUBLICLY).write('<head></head>');
        res.end(req.gk.ffVariant('FEATURE'));
      });
    });
    const [own] = await both(origin);
    const kept = own.headers['cache-control'] !== PRIVATE;
    expect([kept, own.text.endsWith('on')]).not.toEqual([true, true]);
  });

  it('is private when it hands the override out, so that no cache hands it to others', async () => {
    const origin = await start((app) => {
      app.get('/join', (req, res) => void res.set(PUBLICLY).json(req.gk.setBrowserOverrideVariant('FEATURE', 'on')));
    });
    const answer = await ask(origin, '/join');
    expect([answer.text, answer.headers['set-cookie']?.length]).toEqual(['true', 1]);
    expect(answer.headers['cache-control']).toBe(PRIVATE);
  });
});
