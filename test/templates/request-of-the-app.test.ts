import type { Express } from 'express';
import { gatekeeper } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { EXPRESSES, type ExpressModule } from '../express/expresses.js';
import { MyNewFeature } from '../express/flags.js';
import { onTheWay } from '../express/on-the-way.js';
import { serve } from '../express/server.js';
import { ENGINES } from './engines.js';

describe.each(EXPRESSES)('a `request` that the app shows its templates, in %s', (_name, express: ExpressModule) => {
  describe.each(ENGINES)('of %s', (_engine, use) => {
    /** What the template finds: the request, what its `gk` says, what `gk` says. */
    const rendered = async (prepare: (app: Express, gk: ReturnType<typeof gatekeeper>) => void): Promise<string> => {
      const app = express();
      use(app);
      prepare(app, gatekeeper({ flags: [new MyNewFeature()] }));
      app.get('/page', (_req, res) => res.render('request'));
      const { text } = await request(await serve(app)).get('/page');
      return text.trim();
    };

    it('stays when it was put into res.locals before', async () => {
      const page = await rendered((app, gk) => {
        app.use(
          onTheWay((_req, res) => Object.assign(res.locals, { request: 'theirs' })),
          gk,
        );
      });
      expect(page).toBe('theirs  NOT_VISIBLE');
    });

    it('stays when it is put into res.locals later', async () => {
      const page = await rendered((app, gk) => {
        app.use(
          gk,
          onTheWay((_req, res) => Object.assign(res.locals, { request: 'theirs' })),
        );
      });
      expect(page).toBe('theirs  NOT_VISIBLE');
    });

    it('stays when it is in app.locals', async () => {
      const page = await rendered((app, gk) => {
        Object.assign(app.locals, { request: 'theirs' });
        app.use(gk);
      });
      expect(page).toBe('theirs  NOT_VISIBLE');
    });

    it('stays when it is given with the page', async () => {
      const page = await rendered((app, gk) => {
        app.use(gk);
        app.get('/page', (_req, res) => res.render('request', { request: 'theirs' }));
      });
      expect(page).toBe('theirs  NOT_VISIBLE');
    });

    it('has the flags when it is the request itself', async () => {
      const page = await rendered((app, gk) => {
        app.use(
          onTheWay((req, res) => Object.assign(res.locals, { request: req })),
          gk,
        );
      });
      expect(page).toBe('/page NOT_VISIBLE NOT_VISIBLE');
    });

    it('stays when a sub-app behind the gatekeeper has it in its own app.locals', async () => {
      const page = await rendered((app, gk) => {
        const subApp = express();
        use(subApp);
        Object.assign(subApp.locals, { request: 'theirs' });
        subApp.get('/page', (_req, res) => res.render('request'));
        app.use(gk, subApp);
      });
      expect(page).toBe('theirs  NOT_VISIBLE');
    });
  });
});
