import type { Express, RequestHandler } from 'express';
import { type GatekeeperOptions, gatekeeper } from 'express-gatekeeper';
import request from 'supertest';
import type { ExpressModule } from './expresses.js';
import { serve } from './server.js';

interface AppOptions extends GatekeeperOptions {
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

/** Middleware that knows the user by a header, as apps with tokens do. */
export const logIn: RequestHandler = (req, _res, next) => {
  const id = req.get('X-User');
  if (id !== undefined) Object.assign(req, { user: { id } });
  next();
};

type Headers = Readonly<Record<string, string>>;

/** Somebody with a browser that keeps cookies. */
export class Visitor {
  readonly agent: ReturnType<typeof request.agent>;

  constructor(
    readonly origin: string,
    readonly headers: Headers = {},
  ) {
    this.agent = request.agent(origin);
  }

  get(path: string): request.Test {
    return this.agent.get(path).set(this.headers);
  }

  async flags(headers: Headers = {}): Promise<Record<string, string>> {
    return (await this.get('/flags').set(headers)).body;
  }

  async overrides(): Promise<Record<string, string>> {
    return (await this.get('/overrides')).body;
  }

  /** Whether the app did it. */
  async set(flag: string, variant: string): Promise<unknown> {
    return (await this.agent.post('/override').query({ flag, variant }).set(this.headers)).body;
  }

  async clear(): Promise<unknown> {
    return (await this.agent.post('/clear').set(this.headers)).body;
  }
}

export async function aVisitor(
  express: ExpressModule,
  options: AppOptions = {},
  headers: Headers = {},
): Promise<Visitor> {
  return new Visitor(await serve(anApp(express, options)), headers);
}

/** The cookies an answer sets: name → value, still encoded. */
export function cookiesSet({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): Map<string, string> {
  return new Map(
    setCookieLines({ headers }).map((line) => [line.slice(0, line.indexOf('=')), /=([^;]*)/.exec(line)?.[1] ?? '']),
  );
}

export function setCookieLines({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): string[] {
  return [headers['set-cookie'] ?? []].flat().map(String);
}

/** A valid `gatekeeper` cookie of an app, as a browser sends it, with these overrides. */
export async function overrideCookie(origin: string, overrides: Headers, headers: Headers = {}): Promise<string> {
  let cookie = '';
  for (const [flag, variant] of Object.entries(overrides)) {
    const sent = request(origin).post('/override').query({ flag, variant }).set(headers);
    const answer = await (cookie === '' ? sent : sent.set('Cookie', cookie));
    cookie = `gatekeeper=${cookiesSet(answer).get('gatekeeper')}`;
  }
  return cookie;
}
