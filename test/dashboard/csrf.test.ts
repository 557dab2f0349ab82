import { once } from 'node:events';
import { connect } from 'node:net';
import express from 'express';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { anApp, aVisitor, EXPRESSES, recorder, start, Visitor } from './an-app.js';

const change = { flag: 'MY_NEW_FEATURE', variant: 'VISIBLE' };

async function changed(visitor: Visitor): Promise<boolean> {
  return (await visitor.shop())['MY_NEW_FEATURE'] === 'VISIBLE';
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(EXPRESSES)('a form, in %s', (_name, express) => {
  it.each([
    ['our own origin', (own: string) => ({ Origin: own })],
    ['our own origin in upper case', (own: string) => ({ Origin: own.replace('http', 'HTTP') })],
    ['our own origin behind TLS', (own: string) => ({ Origin: own.replace('http', 'https') })],
    ['our own origin, said twice', (own: string) => ({ Origin: own, 'Sec-Fetch-Site': 'same-origin' })],
    ['a browser that sends no origin', () => ({ 'Sec-Fetch-Site': 'same-origin' })],
    ['the address bar', () => ({ 'Sec-Fetch-Site': 'none' })],
    ['a client without either header', () => ({})],
  ])('from %s is taken', async (_case, headers) => {
    const visitor = await aVisitor({ express });
    expect((await visitor.post('/override', change, headers(visitor.origin) as never)).status).toBe(303);
    expect(await changed(visitor)).toBe(true);
  });

  it.each([
    ['another site', { Origin: 'https://evil.example' }],
    ['a sandboxed frame', { Origin: 'null' }],
    ['an empty origin', { Origin: '' }],
    ['another port', { Origin: 'http://127.0.0.1:1' }],
    ['another name for this machine', { Origin: 'http://localhost' }],
    ['a name that starts alike', { Origin: 'http://127.0.0.1.evil.example' }],
    ['a browser extension', { Origin: 'chrome-extension://127.0.0.1' }],
    ['two origins', { Origin: 'http://127.0.0.1, https://evil.example' }],
    ['another site, without origin', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sister site', { 'Sec-Fetch-Site': 'same-site' }],
    ['a header that makes no sense', { 'Sec-Fetch-Site': 'same-origin, cross-site' }],
  ])('from %s is refused even with a good token', async (_case, headers) => {
    const visitor = await aVisitor({ express });
    const response = await visitor.post('/override', change, headers as never);
    expect([response.status, response.text]).toEqual([403, expect.stringContaining('did not come from here')]);
    expect((await visitor.post('/clear-all', {}, headers as never)).status).toBe(403);
    expect(await changed(visitor)).toBe(false);
  });

  it('from our own origin is refused when the browser says otherwise', async () => {
    const visitor = await aVisitor({ express });
    const response = await visitor.post('/override', change, {
      Origin: visitor.origin,
      'Sec-Fetch-Site': 'cross-site',
    });
    expect(response.status).toBe(403);
  });

  it.each([
    ['no token', undefined],
    ['an empty token', ''],
    ['a made-up token', 'AAAA.BBBB'],
    ['a token without its signature', 'AAAA'],
    ['a token with an empty nonce', '.BBBB'],
    ['a huge token', 'A'.repeat(8000)],
  ])('with %s is refused', async (_case, token) => {
    const visitor = await aVisitor({ express });
    await visitor.token();
    const response = await visitor.agent
      .post('/gatekeeper/override')
      .set({ Origin: visitor.origin })
      .type('form')
      .send({ ...change, ...(token !== undefined && { token }) });
    expect([response.status, response.text]).toEqual([403, expect.stringContaining('out of date')]);
    expect(await changed(visitor)).toBe(false);
  });

  it('with the token of another browser is refused, in both directions', async () => {
    const origin = await start(anApp({ express }));
    const [ann, bob] = [new Visitor(origin), new Visitor(origin)];
    expect((await ann.post('/override', { ...change, token: await bob.token() })).status).toBe(403);
    expect((await bob.post('/override', { ...change, token: await ann.token() })).status).toBe(403);
  });

  it('with a token that was tampered with is refused', async () => {
    const visitor = await aVisitor({ express });
    const token = await visitor.token();
    const [nonce, signature = ''] = token.split('.');
    for (const bad of [
      `x${nonce}.${signature}`,
      `${nonce}.${signature.slice(0, -1)}`,
      `${token}x`,
      `${signature}.${nonce}`,
    ]) {
      expect((await visitor.post('/override', { ...change, token: bad })).status).toBe(403);
    }
  });

  it('without our cookie, or with a cookie of a wrong shape, is refused', async () => {
    const visitor = await aVisitor({ express });
    const token = await visitor.token();
    for (const cookie of ['', 'gatekeeper_csrf=', 'gatekeeper_csrf=short', `gatekeeper_csrf=${'%00'.repeat(43)}`]) {
      const stranger = new Visitor(visitor.origin);
      const response = await stranger.agent
        .post('/gatekeeper/override')
        .set({ Origin: visitor.origin, Cookie: cookie })
        .type('form')
        .send({ ...change, token });
      expect(response.status).toBe(403);
    }
  });

  it('is never taken from the address: GET changes nothing', async () => {
    const visitor = await aVisitor({ express });
    const query = new URLSearchParams({ ...change, token: await visitor.token() });
    for (const path of ['/', '/share', '/override', '/clear-all']) await visitor.open(`${path}?${query}`);
    expect(await changed(visitor)).toBe(false);
  });

  it('needs its token in the form, not in the address', async () => {
    const visitor = await aVisitor({ express });
    const token = await visitor.token();
    expect((await visitor.post(`/override?token=${token}`, { ...change, token: '' })).status).toBe(403);
  });
});

describe('the token', () => {
  it('is good in every process behind a balancer', async () => {
    const [first, second] = [await start(anApp()), await start(anApp())];
    const page = await fetch(`${first}/gatekeeper/`);
    const token = /name="token" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
    const response = await fetch(`${second}/gatekeeper/override`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Cookie: page.headers.getSetCookie()[0]?.split(';')[0] ?? '', Origin: second },
      body: new URLSearchParams({ ...change, token }),
    });
    expect(response.status).toBe(303);
  });

  it('differs on every page, and all of a browser stay good', async () => {
    const visitor = await aVisitor();
    const [first, second] = [await visitor.token(), await visitor.token()];
    expect(first).not.toBe(second);
    expect((await visitor.post('/override', { ...change, token: first })).status).toBe(303);
  });

  it('comes with a cookie that scripts and other sites cannot use', async () => {
    const visitor = await aVisitor();
    const cookie = String((await visitor.open()).headers['set-cookie']);
    expect(cookie).toMatch(/^gatekeeper_csrf=[\w-]{43}; HttpOnly; SameSite=Strict$/);
    expect((await visitor.open()).headers['set-cookie']).toBeUndefined();
  });

  it('has a Secure cookie on HTTPS', async () => {
    const app = anApp();
    app.set('trust proxy', true);
    const { headers } = await new Visitor(await start(app)).open().set('X-Forwarded-Proto', 'https');
    expect(String(headers['set-cookie'])).toMatch(/^gatekeeper_csrf=.*; Secure/);
  });

  it('is not handed out on pages without a form', async () => {
    const visitor = await aVisitor();
    expect((await visitor.open('/nowhere')).headers['set-cookie']).toBeUndefined();
  });
});

describe('behind a proxy that changes Host', () => {
  const forwarded = { Origin: 'https://shop.example', 'X-Forwarded-Host': 'shop.example' };

  it('X-Forwarded-Host counts when Express trusts the proxy', async () => {
    const app = anApp();
    app.set('trust proxy', 'loopback');
    const visitor = new Visitor(await start(app));
    expect((await visitor.post('/override', change, forwarded)).status).toBe(303);
    expect((await visitor.post('/override', change, { ...forwarded, Origin: visitor.origin })).status).toBe(403);
  });

  it('its port counts as well', async () => {
    const app = anApp();
    app.set('trust proxy', 'loopback');
    const visitor = new Visitor(await start(app));
    const headers = { Origin: 'https://shop.example:8443', 'X-Forwarded-Host': 'shop.example:8443, inner' };
    expect((await visitor.post('/override', change, headers)).status).toBe(303);
    expect((await visitor.post('/override', change, { ...headers, Origin: 'https://shop.example' })).status).toBe(403);
  });

  it('X-Forwarded-Host counts for nothing when Express does not', async () => {
    const visitor = await aVisitor();
    expect((await visitor.post('/override', change, forwarded)).status).toBe(403);
  });
});

describe('the body of a form', () => {
  it('of more than 16 kB is refused', async () => {
    const visitor = await aVisitor();
    const response = await visitor.post('/override', { ...change, padding: 'x'.repeat(17_000) });
    expect([response.status, response.text]).toEqual([413, expect.stringContaining('too much')]);
  });

  it('of more than 16 kB is refused when its length was not said', async () => {
    const visitor = await aVisitor();
    const chunks = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 40; i += 1) controller.enqueue(new TextEncoder().encode('x'.repeat(1000)));
        controller.close();
      },
    });
    const response = await fetch(`${visitor.origin}/gatekeeper/override`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: chunks,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
  });

  it.each([
    [250_000, false],
    [270_000, true],
  ])('that carries a definition may have 256 kB: %d bytes are too much: %j', async (bytes, tooMuch) => {
    const visitor = await aVisitor({ gatekeeper: { store: memoryStore() } });
    const { status } = await visitor.post('/save', { definition: 'x'.repeat(bytes) });
    expect(status === 413).toBe(tooMuch);
  });

  it.each([
    ['JSON', 'application/json', '{"flag":"MY_NEW_FEATURE"}'],
    ['text', 'text/plain', 'flag=MY_NEW_FEATURE'],
    ['multipart', 'multipart/form-data; boundary=x', '--x--'],
  ])('as %s is refused', async (_case, type, body) => {
    const visitor = await aVisitor();
    const response = await visitor.agent.post('/gatekeeper/override').type(type).send(body);
    expect(response.status).toBe(415);
  });

  it('as JSON is refused also where the app parses JSON', async () => {
    const visitor = await aVisitor({ before: [express.json()] });
    const token = await visitor.token();
    const response = await visitor.agent.post('/gatekeeper/override').send({ ...change, token });
    expect(response.status).toBe(415);
  });

  it('that breaks off half-way disturbs nobody', async () => {
    const logger = recorder();
    const visitor = await aVisitor({ gatekeeper: { logger } });
    const { hostname, port } = new URL(visitor.origin);
    const socket = connect(Number(port), hostname);
    socket.write(
      'POST /gatekeeper/override HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n' +
        'Content-Type: application/x-www-form-urlencoded\r\n\r\nflag=',
      () => socket.destroy(),
    );
    await once(socket, 'close');
    expect((await visitor.set('MY_NEW_FEATURE', 'VISIBLE')).status).toBe(303);
    expect(logger.messages).toEqual([]);
  });
});
