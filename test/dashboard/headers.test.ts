import { memoryStore } from 'express-gatekeeper/stores/memory';
import helmet from 'helmet';
import { describe, expect, it } from 'vitest';
import { aVisitor, EXPRESSES } from './an-app.js';
import { aliensIn } from './inert.js';

const EXPECTED = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const shut = { authorize: () => undefined };

describe.each(EXPRESSES)('in %s', (_name, express) => {
  it('every answer carries our own headers, whatever helmet and the app said', async () => {
    const open = (_req: unknown, res: { set(name: string, value: string): void }, next: () => void): void => {
      res.set('Access-Control-Allow-Origin', '*');
      res.set('Cache-Control', 'public, max-age=3600');
      next();
    };
    const before = [helmet({ contentSecurityPolicy: { directives: { 'script-src': ["'unsafe-inline'"] } } }), open];
    const visitor = await aVisitor({ express, before });
    const stranger = await aVisitor({ express, before, options: shut });
    const answers = [
      await visitor.open('/'),
      await visitor.open('/share?flag=MY_NEW_FEATURE&variant=VISIBLE'),
      await visitor.open('/nowhere'),
      await visitor.open('/override'),
      await visitor.agent.get('/gatekeeper').redirects(0),
      await visitor.set('MY_NEW_FEATURE', 'NO_SUCH'),
      await stranger.open('/'),
      await stranger.open('/gatekeeper.css'),
    ];
    for (const { headers } of answers) {
      expect(headers).toMatchObject(EXPECTED);
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('HEAD says what GET would, without the page', async () => {
    const visitor = await aVisitor({ express });
    const head = await visitor.agent.head('/gatekeeper/');
    expect([head.status, head.text]).toEqual([200, undefined]);
    expect(head.headers).toMatchObject({ ...EXPECTED, 'content-type': 'text/html; charset=utf-8' });
    expect(Number(head.headers['content-length'])).toBeGreaterThan(1000);
  });

  it('a wrong method is told the right ones', async () => {
    const visitor = await aVisitor({ express });
    expect((await visitor.agent.delete('/gatekeeper/')).headers['allow']).toBe('GET, HEAD');
    expect((await visitor.open('/clear-all')).headers['allow']).toBe('POST');
  });

  it('opened without its trailing slash, the dashboard leads to it, query and all', async () => {
    const visitor = await aVisitor({ express, mount: '/admin/flags' });
    const { status, headers } = await visitor.agent.get('/admin/flags?q=a%20b').redirects(0);
    expect([status, headers['location']]).toEqual([303, './flags/?q=a%20b']);
  });

  it('a page that keeps an override keeps out of caches', async () => {
    const visitor = await aVisitor({ express });
    await visitor.set('MY_NEW_FEATURE', 'VISIBLE');
    expect((await visitor.open()).headers['cache-control']).toContain('no-store');
  });
});

describe('the stylesheet', () => {
  it('is linked by its content and kept for a year, in this browser only', async () => {
    const visitor = await aVisitor();
    const link = /href="\.(\/gatekeeper\.css\?v=[\w-]{16})"/.exec((await visitor.open()).text)?.[1] ?? '';
    const { status, headers, text } = await visitor.open(link);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      ...EXPECTED,
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect(text).not.toMatch(/url\(|@import/);
  });

  it('is asked for again where another version was meant', async () => {
    const visitor = await aVisitor();
    const { headers } = await visitor.open('/gatekeeper.css?v=older');
    expect(headers['cache-control']).toBe('private, no-cache');
    const again = await visitor.open('/gatekeeper.css').set('If-None-Match', String(headers['etag']));
    expect([again.status, again.text]).toEqual([304, '']);
  });
});

it('no page has a script but our own modules, an inline style or a handler', async () => {
  const visitor = await aVisitor({ gatekeeper: { store: memoryStore() } });
  for (const path of ['/', '/share?flag=MY_NEW_FEATURE&variant=VISIBLE', '/nowhere']) {
    const { text } = await visitor.open(path);
    expect(text.match(/<script/g)?.length).toBeGreaterThan(0);
    expect(aliensIn(text)).toEqual([]);
  }
});
