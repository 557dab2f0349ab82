import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import cookieParser from 'cookie-parser';
import express, { type Express } from 'express';
import { type FlagStore, gatekeeper } from 'express-gatekeeper';
import { dashboard } from 'express-gatekeeper/dashboard';
import { openStore } from 'express-gatekeeper/stores';
import helmet from 'helmet';
import { environmentHere, FLAGS_FILE, type ShopFlags } from './flag-store.js';
import { flags } from './flags/index.js';
import { followLevel, Log } from './log.js';
import { failed, notFound } from './middleware/errors.js';
import { pageLocals } from './middleware/page-locals.js';
import { requestLog } from './middleware/request-log.js';
import { sameOrigin } from './middleware/same-origin.js';
import { attributesOf } from './people.js';
import { api } from './routes/api.js';
import { basket } from './routes/basket.js';
import { checkout } from './routes/checkout.js';
import { earlyAccess } from './routes/early-access.js';
import { health } from './routes/health.js';
import { login } from './routes/login.js';
import { register } from './routes/register.js';
import { shop } from './routes/shop.js';
import { tour } from './routes/tour.js';
import { personOf, sessions } from './session.js';
import { useTemplates } from './templates.js';

export interface ShopOptions {
  /**
   * Signs the session and the browser overrides. Without one it is drawn anew at each start: a default written down here would
   * be known to every reader, and whoever knows it can sign himself any override. The price is that a restart forgets both.
   */
  readonly secret?: string | undefined;
  /** Takes the lines of the log. */
  readonly log?: (line: string) => void;
  /** Where the flags that are data are kept, by URL or as an instance; by default in flags.yaml itself. */
  readonly store?: string | FlagStore;
  /** Which of the sets of flags in the store applies. */
  readonly environment?: string;
  /** What time it is for the flags: at Christmas they differ. */
  readonly clock?: () => number;
  /** Aborted when the shop closes for good, and lets go of the store. */
  readonly signal?: AbortSignal;
}

/** The whole shop, not yet listening. */
export function createApp({
  secret = randomBytes(32).toString('hex'),
  log: write = toStderr,
  store: given = `file:${FLAGS_FILE}`,
  environment = environmentHere(),
  clock = Date.now,
  signal,
}: ShopOptions = {}): Express {
  const app = express();
  const log = new Log(write);
  const development = app.get('env') === 'development';
  app.disable('x-powered-by');
  useTemplates(app);

  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          scriptSrc: ["'self'"], // the shop has none of its own: it is for Gatekeeper's toolbar
          styleSrc: ["'self'"],
          fontSrc: ["'self'"],
          upgradeInsecureRequests: development ? null : [], // on a laptop there is no https to upgrade to
        },
      },
    }),
  );
  app.use('/static', express.static(join(import.meta.dirname, 'public')));
  app.use(cookieParser());
  app.use(sessions(secret));

  const store = openStore(given);
  const gk = gatekeeper({
    flags,
    store,
    environment,
    attributes: (req) => attributesOf(personOf(req)),
    // On your own machine everyone may switch flags; in production only those who write the shop.
    browserOverrides: { secret, allow: (req) => development || personOf(req)?.role === 'developer' },
    activeFlagsHeader: true,
    ambient: true, // catalogue.ts asks flag()
    logger: log,
    clock,
  });
  signal?.addEventListener('abort', () => void gk.close());
  followLevel(log, gk);
  app.use(health(gk));
  app.use(gk);
  app.use('/gatekeeper', dashboard(gk)); // without `authorize` it opens in development, to this machine, and nowhere else

  app.use(requestLog(log));
  app.use(express.urlencoded({ extended: false, limit: '8kb' }));
  app.use(sameOrigin, pageLocals);
  app.use(shop, basket, checkout, login, register, api);
  const shopFlags: ShopFlags = { gk, store, environment, url: typeof given === 'string' ? given : undefined };
  app.use(earlyAccess(shopFlags, log), tour(shopFlags));
  app.use(notFound);
  app.use(failed(log));
  return app;
}

function toStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
