import { createServer } from 'node:http';
import { agent, type Response } from 'supertest';
import { onTestFinished, vi } from 'vitest';
import { createApp, type ShopOptions } from '../../demo-app/app.js';

type Name = 'Ada' | 'Bruno' | 'Mei';
export type Who = 'a visitor' | Name;

export interface Shop {
  /** What the shop wrote into its log. */
  readonly log: string[];
  /** Somebody with a browser of his own: cookies are kept, redirects are followed. */
  visitor(): Visitor;
  /** A visitor, or one of the three people, logged in. */
  somebody(who: Who): Promise<Visitor>;
}

/** An ordinary day, long before Christmas. */
const ORDINARY = Date.parse('2026-11-20T10:00:00Z');

/** Opens the shop for one test. */
export async function openShop(
  environment: 'development' | 'production' = 'development',
  options: Pick<ShopOptions, 'store' | 'environment' | 'clock'> = {},
): Promise<Shop> {
  vi.stubEnv('NODE_ENV', environment);
  const log: string[] = [];
  const open = new AbortController();
  const server = createServer(
    createApp({
      secret: 'only for tests',
      log: (line) => log.push(line),
      clock: () => ORDINARY,
      signal: open.signal,
      ...options,
    }),
  );
  vi.unstubAllEnvs();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    open.abort();
    server.close();
    server.closeAllConnections();
  });
  const visitor = (): Visitor => new Visitor(agent(server));
  const somebody = async (who: Who): Promise<Visitor> => {
    const person = visitor();
    if (who !== 'a visitor') await person.logIn(who);
    return person;
  };
  return { log, visitor, somebody };
}

export class Visitor {
  readonly browser: ReturnType<typeof agent>;

  constructor(browser: ReturnType<typeof agent>) {
    this.browser = browser;
  }

  async get(path: string): Promise<Response> {
    return this.browser.get(path).redirects(3);
  }

  async page(path: string): Promise<string> {
    return (await this.get(path)).text;
  }

  async post(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.browser.post(path).type('form').set('Sec-Fetch-Site', 'same-origin').send(fields).redirects(3);
  }

  async logIn(person: Name): Promise<void> {
    await this.post('/login', { person: String(['Ada', 'Bruno', 'Mei'].indexOf(person) + 1) });
  }

  /** Sets this browser to a variant in the dashboard, the way a person does: open the page, press the button. */
  async override(flag: string, variant: string): Promise<void> {
    const dashboard = await this.page('/gatekeeper/');
    const token = /name="token" value="([^"]+)"/.exec(dashboard)?.[1] ?? '';
    await this.post('/gatekeeper/override', { token, flag, variant });
  }
}
