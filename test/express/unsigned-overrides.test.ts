import cookieParser from 'cookie-parser';
import type { GatekeeperOptions } from 'express-gatekeeper';
import request from 'supertest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { anApp } from './an-app.js';
import { setCookieLines } from './cookies.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag } from './flags.js';
import { Recorder } from './recorder.js';
import { reverseProxy, withHeader } from './reverse-proxy.js';
import { serve } from './server.js';
import { Visitor } from './visitor.js';
import { ask } from './wire.js';

const TYPED = 'gatekeeper={"FEATURE":"VISIBLE"}';
const VISIBLE = '{"FEATURE":"VISIBLE"}';
const HIDDEN = '{"FEATURE":"NOT_VISIBLE"}';

function flags(): AnyFlag[] {
  return [new AnyFlag('FEATURE', () => 'NOT_VISIBLE', { variants: ['VISIBLE', 'NOT_VISIBLE'] })];
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(EXPRESSES)('without a secret, in %s', (_name, express) => {
  /** An app created while NODE_ENV is `environment`. */
  const start = async (environment: string | undefined, options: GatekeeperOptions = {}): Promise<string> => {
    vi.stubEnv('NODE_ENV', environment);
    const app = anApp(express, { flags: flags(), ...options });
    vi.unstubAllEnvs();
    return serve(app);
  };

  describe('in development', () => {
    it.each([
      ['as it is typed', TYPED],
      ['with spaces', 'gatekeeper={ "FEATURE" : "VISIBLE" }'],
      ['percent-encoded', `gatekeeper=${encodeURIComponent(VISIBLE)}`],
      ['among other cookies', `a=b; ${TYPED}; c=d`],
      ['with flags and variants that are not there', 'gatekeeper={"GONE":"on","FEATURE":"VISIBLE"}'],
    ])('a person at this machine may type the cookie, %s', async (_how, cookie) => {
      expect((await ask(await start('development'), '/flags', { Cookie: cookie })).text).toBe(VISIBLE);
    });

    it('nothing but known variants counts', async () => {
      const origin = await start('development');
      for (const value of [
        '{"FEATURE":"SHOWN"}',
        '{"FEATURE":true}',
        '["FEATURE"]',
        '"VISIBLE"',
        '{"feature":"VISIBLE"}',
      ]) {
        expect((await ask(origin, '/flags', { Cookie: `gatekeeper=${value}` })).text).toBe(HIDDEN);
        expect((await ask(origin, '/overrides', { Cookie: `gatekeeper=${value}` })).text).toBe('{}');
      }
    });

    it('setting and clearing work as with a secret', async () => {
      const visitor = new Visitor(await start('development'));
      expect(await visitor.set('FEATURE', 'VISIBLE')).toBe(true);
      expect(await visitor.flags()).toEqual({ FEATURE: 'VISIBLE' });
      expect(await visitor.set('FEATURE', '')).toBe(true);
      expect(await visitor.flags()).toEqual({ FEATURE: 'NOT_VISIBLE' });
    });

    it('allow is asked all the same', async () => {
      const origin = await start('development', { browserOverrides: { allow: () => false } });
      expect((await ask(origin, '/flags', { Cookie: TYPED })).text).toBe(HIDDEN);
      expect(await new Visitor(origin).set('FEATURE', 'VISIBLE')).toBe(false);
    });

    it('the cookie counts no more once cookie-parser has a secret', async () => {
      vi.stubEnv('NODE_ENV', 'development');
      const origin = await serve(anApp(express, { flags: flags(), before: [cookieParser('of the cookies')] }));
      expect((await ask(origin, '/flags', { Cookie: TYPED })).text).toBe(HIDDEN);
    });

    it.each([
      ['localhost', 'localhost'],
      ['localhost and a port', 'localhost:3000'],
      ['a loopback address', '127.0.0.1:3000'],
      ['another loopback address', '127.1.2.3'],
      ['the IPv6 loopback address', '[::1]:3000'],
      ['capital letters', 'LOCALHOST:3000'],
    ])('this machine may be called by %s', async (_what, host) => {
      expect((await ask(await start('development'), '/flags', { Cookie: TYPED, Host: host })).text).toBe(VISIBLE);
    });

    it.each([
      ['a name rebound to this machine', 'rebound.example'],
      ['a name that begins like this machine', 'localhost.rebound.example'],
      ['an address that is part of a name', '127.0.0.1.rebound.example:3000'],
      ['this machine as a user of another', 'localhost@rebound.example'],
      ['an address of the network', '192.168.0.7:3000'],
      ['a name with a dot at its end', 'localhost.'],
    ])('nothing is set or used for %s as Host', async (_what, host) => {
      const origin = await start('development');
      expect((await ask(origin, '/flags', { Cookie: TYPED, Host: host })).text).toBe(HIDDEN);
      const answer = await ask(origin, '/override?flag=FEATURE&variant=VISIBLE', { Host: host }, 'POST');
      expect([answer.text, setCookieLines(answer)]).toEqual(['false', []]);
    });

    it.each([
      'https://evil.example',
      'null',
      'http://localhost.evil.example',
      'http://evil.example:80@localhost',
      'file://',
    ])('nothing is set or used for a page from %s', async (site) => {
      const origin = await start('development');
      expect((await ask(origin, '/flags', { Cookie: TYPED, Origin: site })).text).toBe(HIDDEN);
      const answer = await ask(origin, '/override?flag=FEATURE&variant=VISIBLE', { Origin: site }, 'POST');
      expect([answer.text, setCookieLines(answer)]).toEqual(['false', []]);
    });

    it('a page of this machine may be of another port', async () => {
      const headers = { Cookie: TYPED, Origin: 'http://localhost:5173' };
      expect((await ask(await start('development'), '/flags', headers)).text).toBe(VISIBLE);
    });

    it.each<[string, (head: string) => string]>([
      ['X-Forwarded-For', withHeader('X-Forwarded-For', '203.0.113.7')],
      ['X-Forwarded-For of this machine', withHeader('X-Forwarded-For', '127.0.0.1')],
      ['an empty X-Forwarded-For', withHeader('X-Forwarded-For', '')],
      ['X-Forwarded-Proto', withHeader('x-forwarded-proto', 'https')],
      ['X-Forwarded-Host', withHeader('X-Forwarded-Host', 'shop.example')],
      ['Forwarded', withHeader('Forwarded', 'for=203.0.113.7')],
      ['Via', withHeader('Via', '1.1 proxy')],
      ['X-Real-IP', withHeader('X-Real-IP', '203.0.113.7')],
      ['HTTP/1.0', (head) => head.replace('HTTP/1.1', 'HTTP/1.0')],
    ])('nothing is set or used behind a reverse proxy on this machine that shows itself by %s', async (_what, edit) => {
      const upstream = await start('development');
      // Such a proxy asks its upstream by the upstream's own name, so that neither socket nor Host tell it.
      const proxy = await reverseProxy(upstream, (head) => edit(withHeader('Host', new URL(upstream).host)(head)));
      const cookies = { Cookie: TYPED, Host: 'shop.example' };
      expect((await ask(proxy, '/flags', cookies)).text).toBe(HIDDEN);
      const answer = await ask(proxy, '/override?flag=FEATURE&variant=VISIBLE', { Host: 'shop.example' }, 'POST');
      expect([answer.text, setCookieLines(answer)]).toEqual(['false', []]);
    });

    it('nothing is set or used behind a reverse proxy that only passes the visitors’ Host on', async () => {
      const proxy = await reverseProxy(await start('development'), (head) => head);
      expect((await ask(proxy, '/flags', { Cookie: TYPED, Host: 'shop.example' })).text).toBe(HIDDEN);
    });

    it('the app’s trust in its proxy changes nothing about that', async () => {
      vi.stubEnv('NODE_ENV', 'development');
      const app = anApp(express, { flags: flags() });
      app.set('trust proxy', true);
      const headers = { Cookie: TYPED, 'X-Forwarded-For': '127.0.0.1' };
      expect((await ask(await serve(app), '/flags', headers)).text).toBe(HIDDEN);
    });
  });

  it.each([undefined, '', 'test', 'development'])('NODE_ENV=%j is development', async (environment) => {
    expect((await ask(await start(environment), '/flags', { Cookie: TYPED })).text).toBe(VISIBLE);
  });

  describe.each(['production', 'staging', 'Development', 'dev'])('with NODE_ENV=%s', (environment) => {
    it('an unsigned cookie never works, nothing can be set, and one warning says what is missing', async () => {
      const logger = new Recorder();
      const origin = await start(environment, { logger });
      for (const _twice of [1, 2]) {
        expect((await ask(origin, '/flags', { Cookie: TYPED })).text).toBe(HIDDEN);
        const answer = await request(origin).post('/override').query({ flag: 'FEATURE', variant: 'VISIBLE' });
        expect([answer.body, setCookieLines(answer)]).toEqual([false, []]);
      }
      expect(logger.messages).toEqual([expect.stringMatching(/off in production.*browserOverrides\.secret/)]);
    });

    it('not even when allow says so', async () => {
      const origin = await start(environment, { browserOverrides: { allow: () => true } });
      expect((await ask(origin, '/flags', { Cookie: TYPED })).text).toBe(HIDDEN);
      expect(await new Visitor(origin).set('FEATURE', 'VISIBLE')).toBe(false);
    });

    it('nobody is warned before somebody tries', async () => {
      const logger = new Recorder();
      const origin = await start(environment, { logger });
      await ask(origin, '/flags');
      expect(logger.messages).toEqual([]);
    });
  });

  it('NODE_ENV is read once, when gatekeeper() is called', async () => {
    const production = await start('production');
    vi.stubEnv('NODE_ENV', 'development');
    expect((await ask(production, '/flags', { Cookie: TYPED })).text).toBe(HIDDEN);
    const development = await start('development');
    vi.stubEnv('NODE_ENV', 'production');
    expect((await ask(development, '/flags', { Cookie: TYPED })).text).toBe(VISIBLE);
  });

  it('the app’s own env setting does not make production development', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    const app = anApp(express, { flags: flags() });
    app.set('env', 'development');
    expect((await ask(await serve(app), '/flags', { Cookie: TYPED })).text).toBe(HIDDEN);
  });
});
