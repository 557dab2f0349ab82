import { createServer } from 'node:http';
import { agent, type Response } from 'supertest';
import { onTestFinished, vi } from 'vitest';
import { createApp } from '../../demo-app/app.js';

export interface Shop {
  /** What the shop wrote into its log. */
  readonly log: string[];
  /** Somebody with a browser of his own: cookies are kept, redirects are followed. */
  visitor(): Visitor;
}

/** Opens the shop for one test. */
export async function openShop(environment: 'development' | 'production' = 'development'): Promise<Shop> {
  vi.stubEnv('NODE_ENV', environment);
  const log: string[] = [];
  const server = createServer(createApp({ secret: 'only for tests', log: (line) => log.push(line) }));
  vi.unstubAllEnvs();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { log, visitor: () => new Visitor(agent(server)) };
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

  async logIn(person: 'Ada' | 'Bruno' | 'Mei'): Promise<void> {
    await this.post('/login', { person: String(['Ada', 'Bruno', 'Mei'].indexOf(person) + 1) });
  }

  /** Sets this browser to a variant in the dashboard, the way a person does: open the page, press the button. */
  async override(flag: string, variant: string): Promise<void> {
    const dashboard = await this.page('/gatekeeper/');
    const token = /name="token" value="([^"]+)"/.exec(dashboard)?.[1] ?? '';
    await this.post('/gatekeeper/override', { token, flag, variant });
  }
}
