import type { ErrorRequestHandler, RequestHandler } from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp } from '../express/an-app.js';
import { overrideCookie } from '../express/cookies.js';
import { EXPRESSES } from '../express/expresses.js';
import { MyNewFeature } from '../express/flags.js';
import { logIn } from '../express/on-the-way.js';
import { serve } from '../express/server.js';
import { ENGINES } from './engines.js';
import { summary } from './page.js';

const notFoundPage: RequestHandler = (_req, res) => res.status(404).render('page', { title: 'Not found' });
const errorPage: ErrorRequestHandler = (error, _req, res, _next) =>
  res.status(error.status ?? 500).render('page', { title: 'Sorry' });

describe.each(EXPRESSES)('error pages in %s', (_name, express) => {
  describe.each(ENGINES)('of %s', (_engine, use) => {
    const start = async (): Promise<string> => {
      const app = anApp(express, {
        flags: [new MyNewFeature()],
        browserOverrides: { secret: 'a secret' },
        after: [logIn],
        routes: (routes) => {
          use(routes);
          routes.get('/throws', () => {
            throw new Error('of the page');
          });
          routes.get('/fails', (_req, _res, next) => void setTimeout(() => next(new Error('later')), 1));
          routes.post('/posts', express.json(), (_req, res) => void res.json('fine'));
        },
      });
      app.use(notFoundPage, errorPage);
      return serve(app);
    };

    it.each([
      ['/nowhere', '404 Not found'],
      ['/throws', '500 Sorry'],
      ['/fails', '500 Sorry'],
    ])('have the flags of their visitor: %s', async (path, page) => {
      const origin = await start();
      const override = { Cookie: await overrideCookie(origin, { MY_NEW_FEATURE: 'VISIBLE' }) };
      for (const headers of [{ 'X-User': '1' }, override]) {
        const answer = await request(origin).get(path).set(headers);
        expect(summary(answer)).toMatch(new RegExp(`^${page}: gk, request\\.gk,.* included VISIBLE`));
      }
      expect(summary(await request(origin).get(path))).toMatch(new RegExp(`^${page}: hidden,.* included NOT_VISIBLE`));
    });

    it('have them for a body that cannot be parsed, too', async () => {
      const sent = request(await start())
        .post('/posts')
        .set('X-User', '1')
        .type('json')
        .send('{"broken');
      expect(summary(await sent)).toMatch(/^400 Sorry: gk, request\.gk,/);
    });
  });
});
