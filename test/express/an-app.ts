import type { Express, RequestHandler } from 'express';
import { type GatekeeperOptions, gatekeeper } from 'express-gatekeeper';
import type { ExpressModule } from './expresses.js';

export interface AppOptions extends GatekeeperOptions {
  /** What stands in front of the gatekeeper, and what behind it. */
  readonly before?: readonly RequestHandler[];
  readonly after?: readonly RequestHandler[];
  readonly routes?: (app: Express) => void;
}

/** An app that tells its visitors what they get, and lets them set their browser. */
export function anApp(express: ExpressModule, options: AppOptions = {}): Express {
  const { before = [], after = [], routes, ...gatekeeperOptions } = options;
  const app = express();
  const gk = gatekeeper({ appName: 'shop', logger: { warn() {}, error() {} }, ...gatekeeperOptions });
  for (const handler of [...before, gk, ...after]) app.use(handler);
  routes?.(app);
  app.get('/flags', (req, res) => void res.json(req.gk.all()));
  app.get('/overrides', (req, res) => void res.json(req.gk.getBrowserOverrideVariants()));
  app.post('/override', (req, res) => {
    const { flag, variant } = req.query;
    res.json(req.gk.setBrowserOverrideVariant(String(flag), String(variant)));
  });
  app.post('/clear', (req, res) => void res.json(req.gk.clearBrowserOverrideVariants()));
  return app;
}
