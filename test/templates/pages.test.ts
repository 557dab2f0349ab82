import type { Express } from 'express';
import { type GatekeeperOptions, gatekeeper } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp } from '../express/an-app.js';
import { overrideCookie } from '../express/cookies.js';
import { EXPRESSES } from '../express/expresses.js';
import { MyNewFeature } from '../express/flags.js';
import { MOUNTS } from '../express/mounts.js';
import { logIn } from '../express/on-the-way.js';
import { Recorder } from '../express/recorder.js';
import { serve } from '../express/server.js';
import { Visitor } from '../express/visitor.js';
import { ENGINES } from './engines.js';
import { items } from './page.js';

const options: GatekeeperOptions = {
  flags: [new MyNewFeature({ overrides: { VISIBLE: [42] } })],
  definitions: { flags: { greeting: { variants: { loud: '<b>HEY</b>', polite: 'Hello' }, off: 'polite' } } },
  browserOverrides: { secret: 'a secret' },
  logger: new Recorder(),
};

const REST = ['VISIBLE for 42', '&lt;b&gt;HEY&lt;/b&gt;', 'nobody home'];
const SHOWN = [
  ...['gk', 'request.gk', ...REST, 'MY_NEW_FEATURE: VISIBLE', 'greeting: loud'],
  ...['included VISIBLE', 'imported VISIBLE'],
];
const HIDDEN = [
  ...['hidden', ...REST, 'MY_NEW_FEATURE: NOT_VISIBLE', 'greeting: loud'],
  ...['included NOT_VISIBLE', 'imported NOT_VISIBLE'],
];

/** What the page itself lists; the toolbar has a list of its own. */
function mainOf(html: string): string {
  return html.replace(/<aside.*<\/aside>/s, '');
}

async function listed(answer: Promise<request.Response>): Promise<string[]> {
  return items(mainOf((await answer).text));
}

describe.each(EXPRESSES)('templates in %s', (_name, express) => {
  describe.each(ENGINES)('of %s', (_engine, use) => {
    const start = async (): Promise<string> => {
      const app = anApp(express, {
        ...options,
        after: [logIn],
        routes: (routes) => {
          use(routes);
          routes.get('/', (_req, res) => res.render('page', { title: 'Shop' }));
        },
      });
      return serve(app);
    };

    it('ask gk and request.gk, in layouts, includes and imports too', async () => {
      const origin = await start();
      expect(await listed(request(origin).get('/').set('X-User', '1'))).toEqual(SHOWN);
      expect(await listed(request(origin).get('/'))).toEqual(HIDDEN);
    });

    it('show what a browser override sets, and what clearing it brings back', async () => {
      const visitor = new Visitor(await start());
      await visitor.set('MY_NEW_FEATURE', 'VISIBLE');
      const page = await visitor.get('/');
      expect(items(mainOf(page.text))).toEqual(SHOWN);
      expect(page.headers['cache-control']).toBe('private, no-store');
      await visitor.set('MY_NEW_FEATURE', '');
      expect(await listed(visitor.get('/'))).toEqual(HIDDEN);
    });

    it('show the toolbar as markup to those who override, and to nobody else', async () => {
      const origin = await start();
      const cookie = await overrideCookie(origin, { MY_NEW_FEATURE: 'VISIBLE' });
      const { text } = await request(origin).get('/').set('Cookie', cookie);
      expect(text).toContain('<aside class="gatekeeper-toolbar"');
      expect(text).toContain('<code>MY_NEW_FEATURE</code> <b>VISIBLE</b> <i>override</i>');
      expect((await request(origin).get('/')).text).not.toContain('gatekeeper-toolbar');
    });

    it.each(MOUNTS)('ask the same when the gatekeeper stands %s', async (_where, mount) => {
      const app = mount(express, [gatekeeper(options), logIn], (routes) => {
        // Where the routes are an app of their own, that app renders.
        if ('engine' in routes) use(routes as Express);
        routes.get('/', (_req, res) => res.render('page', { title: 'Shop' }));
      });
      use(app);
      const origin = await serve(app);
      expect(await listed(request(origin).get('/shop').set('X-User', '1'))).toEqual(SHOWN);
      expect(await listed(request(origin).get('/shop'))).toEqual(HIDDEN);
    });
  });
});
