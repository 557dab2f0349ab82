import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import cookieParser from 'cookie-parser';
import express, { type Express } from 'express';
import { gatekeeper } from 'express-gatekeeper';
import { dashboard } from 'express-gatekeeper/dashboard';
import helmet from 'helmet';
import { definitions, flags } from './flags/index.js';
import { failed, notFound } from './middleware/errors.js';
import { pageLocals } from './middleware/page-locals.js';
import { sameOrigin } from './middleware/same-origin.js';
import { attributesOf, findPerson } from './people.js';
import { api } from './routes/api.js';
import { basket } from './routes/basket.js';
import { checkout } from './routes/checkout.js';
import { login } from './routes/login.js';
import { shop } from './routes/shop.js';
import { tour } from './routes/tour.js';
import { sessions } from './session.js';
import { useTemplates } from './templates.js';

export interface ShopOptions {
  /**
   * Signs the session and the browser overrides. Without one it is drawn anew at each start: a default written down here would
   * be known to every reader, and whoever knows it can sign himself any override. The price is that a restart forgets both.
   */
  readonly secret?: string | undefined;
  readonly log?: (line: string) => void;
}

/** The whole shop, not yet listening. */
export function createApp({ secret = randomBytes(32).toString('hex'), log = toStderr }: ShopOptions = {}): Express {
  const app = express();
  const development = app.get('env') === 'development';
  app.disable('x-powered-by');
  useTemplates(app);

  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          scriptSrc: ["'none'"],
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

  const gk = gatekeeper({
    flags,
    definitions,
    attributes: (req) => attributesOf(findPerson(req.session.userId)),
    // On your own machine everyone may switch flags; in production only those who write the shop.
    browserOverrides: {
      secret,
      allow: (req) => development || findPerson(req.session.userId)?.role === 'developer',
    },
    activeFlagsHeader: true,
  });
  app.use(gk);
  app.use('/gatekeeper', dashboard(gk)); // without `authorize` it opens in development, to this machine, and nowhere else

  app.use(express.urlencoded({ extended: false, limit: '8kb' }));
  app.use(sameOrigin, pageLocals);
  app.use(shop, basket, checkout, login, api, tour);
  app.use(notFound);
  app.use(failed(log));
  return app;
}

function toStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
