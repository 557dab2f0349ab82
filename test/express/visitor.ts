import request from 'supertest';
import { type AppOptions, anApp } from './an-app.js';
import type { ExpressModule } from './expresses.js';
import { serve } from './server.js';

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
