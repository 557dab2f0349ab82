import express from 'express';
import { gatekeeper } from 'express-gatekeeper';
import { dashboard } from 'express-gatekeeper/dashboard';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { aVisitor, EXPRESSES, MOUNTS, PlainFlag, silent, start, type Visitor } from './an-app.js';

/** Asks as the toolbar's script on a page of the same site does. */
function ask(visitor: Visitor, headers: Record<string, string> = { 'Sec-Fetch-Site': 'same-origin' }): request.Test {
  return visitor.open('/toolbar').set(headers);
}

describe.each(EXPRESSES)('what the toolbar asks the dashboard for, in %s', (_name, express) => {
  it.each(MOUNTS)('mounted at %j is a token by which an override can be set', async (mount) => {
    const visitor = await aVisitor({ express, mount });
    const { status, headers, body } = await ask(visitor);
    expect([status, headers['content-type'], body]).toEqual([
      200,
      'application/json; charset=utf-8',
      { token: expect.any(String), mayOverride: true },
    ]);
    expect(headers['cache-control']).toBe('no-store');
    const set = await visitor.agent
      .post(`${mount}/override`)
      .set('Origin', visitor.origin)
      .type('form')
      .send({ token: body.token, flag: 'MY_NEW_FEATURE', variant: 'VISIBLE' });
    expect(set.status).toBe(303);
    expect((await visitor.shop())['MY_NEW_FEATURE']).toBe('VISIBLE');
  });
});

describe('what the toolbar asks the dashboard for', () => {
  it.each([
    ['a page of another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a page of a sister site', { 'Sec-Fetch-Site': 'same-site' }],
    ['another origin', { Origin: 'https://evil.example' }],
  ])('is not told to %s', async (_whom, headers) => {
    const { status, text } = await ask(await aVisitor(), headers);
    expect([status, text]).toEqual([403, expect.not.stringContaining('"token"')]);
  });

  it.each([
    [['view'], 'You may not set overrides'],
    [['override'], 'You may not see the flags'],
    [[], 'You may not see the flags'],
  ] as const)('is not told to somebody who may only %j', async (can, title) => {
    const { status, text } = await ask(await aVisitor({ options: { authorize: () => ({ by: 'eve', can }) } }));
    expect([status, text]).toEqual([403, expect.stringContaining(title)]);
  });

  it('says when the app admits nobody to overrides', async () => {
    const { body } = await ask(
      await aVisitor({ gatekeeper: { browserOverrides: { secret: 's', allow: () => false } } }),
    );
    expect(body.mayOverride).toBe(false);
  });
});

describe('the toolbar of an app with a dashboard', () => {
  const names = ['MY_NEW_FEATURE', '"><script>alert(1)</script>', "it's", '__proto__'];

  /** What a page with the toolbar is for somebody who is admitted. */
  async function page(toolbar: object | undefined, allow = true): Promise<request.Response> {
    const gk = gatekeeper({
      flags: names.map((name) => new PlainFlag(name)),
      browserOverrides: { secret: 'a secret', allow: () => allow },
      logger: silent,
    });
    const app = express();
    app.use(gk);
    app.use('/gatekeeper', dashboard(gk));
    app.get('/', (req, res) => {
      for (const name of names) req.gk.ffVariant(name);
      res.send(String(req.gk.toolbar(toolbar)));
    });
    app.use(((error, _req, res, _next) => res.status(500).send(error.message)) as express.ErrorRequestHandler);
    return request(await start(app)).get('/');
  }

  /** What the script reads, as a browser would. */
  function dataIn(html: string): { flags: Record<string, unknown>[]; overrides: object } {
    const [, text = ''] = /data-toolbar="([^"]*)"/.exec(html) ?? [];
    const entities: Record<string, string> = { '&quot;': '"', '&lt;': '<', '&gt;': '>', '&#39;': "'", '&amp;': '&' };
    return JSON.parse(text.replace(/&(quot|lt|gt|#39|amp);/g, (entity) => entities[entity] ?? ''));
  }

  it('brings its script from the dashboard, and tells it what was read and what else there is', async () => {
    const { text } = await page(undefined);
    expect(text).toContain('<script type="module" src="/gatekeeper/toolbar.js"></script>');
    expect(text).toContain('<p><a href="/gatekeeper/">All flags</a></p>');
    expect(dataIn(text).flags.map(({ flag }) => flag)).toEqual(names);
    expect(dataIn(text).flags[0]).toEqual({
      flag: 'MY_NEW_FEATURE',
      variant: 'NOT_VISIBLE',
      reason: 'DEFAULT',
      off: true,
      why: "The flag's code picked NOT_VISIBLE.",
      variants: ['VISIBLE', 'NOT_VISIBLE'],
      offVariant: 'NOT_VISIBLE',
      overridable: true,
    });
  });

  it('takes hostile names for text, and has nothing inline', async () => {
    const { text } = await page(undefined);
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).not.toMatch(/<style|\sstyle=|\son\w+=/);
    expect(text).toContain('<code>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</code>');
  });

  it.each([
    ['/admin/flags', '/admin/flags'],
    ['/admin/flags/', '/admin/flags'],
    ['/', ''],
    ['/a"b', '/a&quot;b'],
  ])('finds the dashboard where the layout says it is: %j', async (at, src) => {
    const { text } = await page({ at });
    expect(text).toContain(`src="${src}/toolbar.js"`);
    expect(text).toContain(`href="${src}/"`);
  });

  it('gives its script the nonce of the page', async () => {
    expect((await page({ nonce: 'r4nd"om' })).text).toContain('toolbar.js" nonce="r4nd&quot;om">');
  });

  it.each(['gatekeeper', '//evil.example', 'https://evil.example', '/\\evil.example', '', 7])(
    'refuses %j for a path, to admitted people and others alike, so that it is noticed at once',
    async (at) => {
      for (const allow of [true, false]) {
        const { status, text } = await page({ at }, allow);
        expect([status, text]).toEqual([500, expect.stringContaining("gk.toolbar({ at: '/gatekeeper' })")]);
      }
    },
  );

  it('is nothing for others', async () => {
    expect((await page(undefined, false)).text).toBe('');
  });

  it('is the plain list alone in an app without a dashboard', async () => {
    const app = express();
    app.use(gatekeeper({ flags: [], browserOverrides: { secret: 's', allow: () => true }, logger: silent }));
    app.get('/', (req, res) => void res.send(String(req.gk.toolbar())));
    const { text } = await request(await start(app)).get('/');
    expect(text).toMatch(/^<aside class="gatekeeper-toolbar".*<\/aside>$/);
    expect(text).not.toContain('<script');
  });
});
