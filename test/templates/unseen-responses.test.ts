import type { ErrorRequestHandler, Express } from 'express';
import { gatekeeper } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { EXPRESSES } from '../express/expresses.js';
import { MyNewFeature } from '../express/flags.js';
import { logIn } from '../express/on-the-way.js';
import { Recorder } from '../express/recorder.js';
import { serve } from '../express/server.js';
import { ENGINES } from './engines.js';
import { summary } from './page.js';

const USER = { 'X-User': '1' };
const VIEWS = [
  ['gk', 'early-gk'],
  ['request.gk', 'early-request'],
] as const;

describe.each(EXPRESSES)('a page that gatekeeper() did not see, in %s', (_name, express) => {
  describe.each(ENGINES)('of %s', (_engine, use) => {
    describe.each(VIEWS)('asking %s', (_asking, view) => {
      /** An app with a page and a parser in front of the gatekeeper. */
      const start = async (logger = new Recorder()): Promise<string> => {
        const errorPage: ErrorRequestHandler = (error, _req, res, _next) => res.status(error.status).render(view);
        const app: Express = express();
        use(app);
        app.get('/early', (_req, res) => res.render(view));
        app.use(express.json());
        app.use(gatekeeper({ flags: [new MyNewFeature()], logger }), logIn);
        app.get('/', (_req, res) => res.render(view));
        app.use(errorPage);
        return serve(app);
      };
      const seen = async (origin: string): Promise<string> => summary(await request(origin).get('/').set(USER));
      const early = async (origin: string): Promise<string> => summary(await request(origin).get('/early').set(USER));
      const broken = async (origin: string): Promise<string> =>
        summary(await request(origin).post('/').set(USER).type('json').send('{"broken'));

      it('renders with every flag off, and the log says once what to move', async () => {
        const logger = new Recorder();
        const origin = await start(logger);
        expect(await seen(origin)).toBe('200 Early: on nobody');
        logger.messages.length = 0;
        expect(await early(origin)).toBe('200 Early: off nobody');
        expect(await broken(origin)).toBe('400 Early: off nobody');
        expect(logger.messages).toEqual([
          expect.stringMatching(/A template asked for flag .*did not see.*Put app\.use\(gatekeeper\(\)\) before/),
        ]);
      });

      it('renders so also when it is the first that the app ever shows', async () => {
        const origin = await start();
        expect(await early(origin)).toBe('200 Early: off nobody');
        expect(await broken(origin)).toBe('400 Early: off nobody');
      });

      it('holds nothing of the visitors that were there before', async () => {
        const origin = await start();
        await seen(origin);
        const pages = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? early : seen)(origin)));
        expect(pages).toEqual(pages.map((_, n) => `200 Early: ${n % 2 === 0 ? 'off' : 'on'} nobody`));
      });
    });
  });
});
