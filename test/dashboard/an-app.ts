import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import express5, { type Express, type RequestHandler } from 'express';
import { FeatureFlagConfig, gatekeeper } from 'express-gatekeeper';
import { type DashboardOptions, dashboard } from 'express-gatekeeper/dashboard';
import request from 'supertest';
import { onTestFinished } from 'vitest';

const express4 = createRequire(import.meta.url)('express4') as typeof express5;

export const EXPRESSES = [
  ['Express 4', express4],
  ['Express 5', express5],
] as const;

export const MOUNTS = ['', '/gatekeeper', '/admin/flags'] as const;

/** Serves its last variant to everyone but user 42. */
export class PlainFlag extends FeatureFlagConfig {
  constructor(
    readonly flagName: string,
    readonly variants: readonly string[] = ['VISIBLE', 'NOT_VISIBLE'],
    override readonly description = 'What it is about',
  ) {
    super();
  }

  pickVariant({ isUser }: { isUser(...ids: readonly number[]): boolean }): string {
    return (isUser(42) ? this.variants[0] : this.variants.at(-1)) ?? '';
  }
}

const everything: DashboardOptions = {
  authorize: () => ({ by: 'ann', can: ['view', 'override', 'edit', 'kill'] }),
};

interface AppOptions {
  readonly express?: typeof express5;
  readonly mount?: string;
  readonly options?: DashboardOptions;
  readonly gatekeeper?: Parameters<typeof gatekeeper>[0];
  /** False leaves `app.use(gk)` out. */
  readonly useGatekeeper?: boolean;
  readonly before?: readonly RequestHandler[];
}

export const FLAGS = [
  new PlainFlag('MY_NEW_FEATURE'),
  new PlainFlag('checkout/express-pay', ['card', 'wallet', 'control']),
];

/** An app whose `/shop` shows what its visitor gets, with a dashboard at `mount`. */
export function anApp({
  express = express5,
  mount = '/gatekeeper',
  options = everything,
  useGatekeeper = true,
  before = [],
  ...more
}: AppOptions = {}): Express {
  const app = express();
  const gk = gatekeeper({ flags: FLAGS, browserOverrides: { secret: 'a secret' }, logger: silent, ...more.gatekeeper });
  for (const handler of before) app.use(handler);
  if (useGatekeeper) app.use(gk);
  app.get('/shop', gk, (req, res) => void res.json(req.gk.all()));
  const [, parent = '', own = '/'] = /^(\/\w+)?(\/\w+)?$/.exec(mount) ?? [];
  if (own !== '/') {
    const router = express.Router();
    router.use(own, dashboard(gk, options));
    app.use(parent, router);
  } else app.use(parent || '/', dashboard(gk, options));
  return app;
}

export const silent = { warn() {}, error() {} };

/** A logger that keeps what it is told. */
export function recorder(): { readonly messages: string[]; warn(message: string): void; error(message: string): void } {
  const messages: string[] = [];
  const keep = (message: string): void => void messages.push(message);
  return { messages, warn: keep, error: keep };
}

/** Starts the app for the running test. */
export async function start(app: Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Fields = Readonly<Record<string, string>>;

/** Somebody with cookies who opens pages and presses buttons, and whose browser sends what browsers send. */
export class Visitor {
  readonly agent: ReturnType<typeof request.agent>;

  constructor(
    readonly origin: string,
    readonly mount = '/gatekeeper',
  ) {
    this.agent = request.agent(origin);
  }

  open(path = '/'): request.Test {
    return this.agent.get(this.mount + path);
  }

  /** The token of a page's forms. */
  async token(): Promise<string> {
    const { text } = await this.open();
    return /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
  }

  async post(path: string, fields: Fields, headers: Fields = { Origin: this.origin }): Promise<request.Response> {
    // First: supertest decides about cookies when a request is begun.
    const token = await this.token();
    return this.agent
      .post(this.mount + path)
      .set(headers)
      .type('form')
      .send({ token, ...fields });
  }

  set(flag: string, variant: string): Promise<request.Response> {
    return this.post('/override', { flag, variant });
  }

  async shop(): Promise<Record<string, string>> {
    return (await this.agent.get('/shop')).body;
  }
}

export async function aVisitor(options: AppOptions = {}): Promise<Visitor> {
  return new Visitor(await start(anApp(options)), options.mount);
}
