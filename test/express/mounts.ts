import type { Express, IRouter, RequestHandler } from 'express';
import type { ExpressModule } from './expresses.js';

/** Puts middleware and the routes of a shop into an app that shows the shop at `/shop`. */
type Mount = (
  express: ExpressModule,
  middleware: readonly RequestHandler[],
  shop: (routes: IRouter) => void,
) => Express;

/** Where a gatekeeper may stand. */
export const MOUNTS: readonly (readonly [where: string, Mount])[] = [
  [
    'at the app',
    (express, middleware, shop) => {
      const app = express();
      const router = express.Router();
      for (const one of middleware) app.use(one);
      shop(router);
      return app.use('/shop', router);
    },
  ],
  [
    'under a sub-router',
    (express, middleware, shop) => {
      const router = express.Router();
      for (const one of middleware) router.use(one);
      shop(router);
      return express().use('/shop', router);
    },
  ],
  [
    'in a sub-app',
    (express, middleware, shop) => {
      const subApp = express();
      for (const one of middleware) subApp.use(one);
      shop(subApp);
      return express().use('/shop', subApp);
    },
  ],
  [
    'in front of a sub-app',
    (express, middleware, shop) => {
      const app = express();
      const subApp = express();
      for (const one of middleware) app.use(one);
      shop(subApp);
      return app.use('/shop', subApp);
    },
  ],
];
