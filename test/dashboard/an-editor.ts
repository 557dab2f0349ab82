import express5, { type Express, type Request, type RequestHandler } from 'express';
import { type FlagInput, type FlagStore, gatekeeper } from 'express-gatekeeper';
import { dashboard } from 'express-gatekeeper/dashboard';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import type request from 'supertest';
import { FLAGS, silent, start, Visitor } from './an-app.js';

type Options = NonNullable<Parameters<typeof gatekeeper>[0]>;

interface EditedApp extends Options {
  /** What is stored from the start. */
  readonly stored?: Readonly<Record<string, FlagInput>>;
  readonly can?: readonly string[];
  readonly store?: FlagStore;
  readonly express?: typeof express5;
  readonly before?: readonly RequestHandler[];
}

/** Somebody who edits flags: knows the fields of the pages they are on. */
class AnEditor extends Visitor {
  constructor(
    origin: string,
    readonly store: FlagStore,
    readonly by: string,
  ) {
    super(origin);
    // Whoever it is says so in a header, which the app believes.
    this.agent.set('X-By', by);
  }

  /** What a definition written as YAML would do. */
  preview(flag: string, yaml: string, revision?: number): Promise<request.Response> {
    return this.#at(revision).then((seen) => this.post('/preview', { flag, yaml, revision: String(seen) }));
  }

  /** Presses the button of a page's form that goes to `action`, after filling in what is given. */
  press(page: request.Response, action: string, fields: Readonly<Record<string, string>> = {}) {
    return this.post(`/${action}`, { ...fieldsOf(page.text, action), ...fields });
  }

  async stored(flag: string): Promise<FlagInput | undefined> {
    const { flags } = await this.store.load('default');
    return flags[flag];
  }

  async #at(revision: number | undefined): Promise<number> {
    return revision ?? this.store.revision('default');
  }
}

/** An app whose flags are stored, with two people who edit them. */
export async function editors({
  stored = {},
  can = ['view', 'edit', 'kill', 'override'],
  express = express5,
  before = [],
  ...options
}: EditedApp = {}) {
  const store = options.store ?? memoryStore();
  if (Object.keys(stored).length > 0)
    await store.apply('default', { flags: stored }, { by: 'zoe', comment: 'at first' });
  const gk = gatekeeper({
    flags: FLAGS,
    browserOverrides: { secret: 'a secret' },
    userId: (req) => req.query['user'] as string,
    logger: silent,
    ...options,
    store,
  });
  await gk.ready();
  const app: Express = express();
  for (const handler of before) app.use(handler);
  app.use(gk);
  app.get('/shop', (req, res) => void res.json(req.gk.all()));
  const authorize = (req: Request) => ({ by: req.headers['x-by'] ?? 'nobody', can }) as never;
  app.use('/gatekeeper', dashboard(gk, { authorize }));
  const origin = await start(app);
  const [ann, bob] = [new AnEditor(origin, store, 'ann'), new AnEditor(origin, store, 'bob')];
  return { gk, store, origin, ann, bob };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (whole, code?: string, name = '') =>
    code === undefined ? (ENTITIES[name] ?? whole) : String.fromCodePoint(Number(code)),
  );
}

/** The fields of a page's form, as a browser would send them. */
export function fieldsOf(page: string, action: string): Record<string, string> {
  const form = page.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
  const inputs = form.matchAll(/<input [^>]*name="([^"]*)"[^>]*value="([^"]*)"/g);
  const areas = form.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>\n([^<]*)</g);
  return Object.fromEntries(
    [...inputs, ...areas].map(([, name = '', value = '']) => [unescaped(name), unescaped(value)]),
  );
}

/** What a page says, without its tags. */
export function textOf({ text }: { readonly text: string }): string {
  return unescaped(text.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');
}
