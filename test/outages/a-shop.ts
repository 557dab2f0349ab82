import express, { type RequestHandler } from 'express';
import { type FlagStore, type Gatekeeper, type GatekeeperOptions, gatekeeper } from 'express-gatekeeper';
import { expect, onTestFinished } from 'vitest';
import { serve } from '../express/server.js';

/** What a visitor was answered: the details of flag `a`. */
export interface Answer {
  readonly variant: string | null;
  readonly revision: number;
  readonly stale: boolean;
}

export interface Shop {
  readonly gk: Gatekeeper;
  readonly origin: string;
  /** What was logged, level first. */
  readonly lines: readonly string[];
  /** Asks for a page, which has to come. */
  visit(): Promise<Answer>;
}

interface Surroundings extends GatekeeperOptions {
  /** What stands before the gatekeeper. */
  readonly door?: RequestHandler;
}

/** A real app that listens, with its flags in this store; nothing it does may be rejected unheard. */
export async function aShop(store: FlagStore, { door, ...options }: Surroundings = {}): Promise<Shop> {
  const unheard: unknown[] = [];
  const hear = (reason: unknown): void => void unheard.push(reason);
  process.on('unhandledRejection', hear);
  onTestFinished(() => {
    process.off('unhandledRejection', hear);
    expect(unheard).toEqual([]);
  });
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  const logger = { info: at('info'), warn: at('warn'), error: at('error') };
  const gk = gatekeeper({ flags: [], store, logger, readyTimeout: 300, ...options });
  onTestFinished(() => gk.close());
  const app = express();
  if (door !== undefined) app.use(door);
  app.use(gk).get('/', (req, res) => void res.json(req.gk.details('a')));
  const origin = await serve(app);
  return { gk, origin, lines, visit: () => visit(origin) };
}

export async function visit(origin: string): Promise<Answer> {
  const response = await fetch(origin);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Resolves once such a revision, or a later one, is in use. */
export async function reaches(gk: Gatekeeper, revision: number): Promise<void> {
  let stop = (): void => undefined;
  const changed = new Promise<void>((resolve) => {
    stop = gk.on('change', (change) => void (change.revision >= revision && resolve()));
  });
  if (gk.for().details('a').revision < revision) await changed;
  stop();
}
