import { setTimeout as delay } from 'node:timers/promises';
import type { Express } from 'express';
import { flag } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { anApp } from '../express/an-app.js';
import { overrideCookie } from '../express/cookies.js';
import { EXPRESSES } from '../express/expresses.js';
import { AnyFlag } from '../express/flags.js';
import { logIn } from '../express/on-the-way.js';
import { serve } from '../express/server.js';
import { ask } from '../express/wire.js';
import { ENGINES } from './engines.js';

const COLORS = ['red', 'green', 'blue'];
const VARIANTS = [...COLORS, 'off'];

/** What `flag()` finds, however deep below. */
const below = (): string => COLORS.find((color) => flag('COLOR', color)) ?? 'off';

/** A page that takes its time between its looks at one flag. */
function slowPage(app: Express): void {
  app.get('/', (req, res, next) => {
    const render = async (): Promise<void> => {
      await delay(Math.random() * 2);
      const seen = req.gk.ffVariant('COLOR');
      await delay(Math.random() * 2);
      res.render('road', { below, seen });
    };
    render().catch(next);
  });
}

/** Does `task` for each of `inputs`, so many at a time; answers in the order of inputs. */
async function concurrently<In, Out>(
  inputs: readonly In[],
  atATime: number,
  task: (input: In) => Promise<Out>,
): Promise<Out[]> {
  const outputs: Out[] = [];
  const queue = inputs.entries();
  const work = async (): Promise<void> => {
    for (const [index, input] of queue) outputs[index] = await task(input);
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return outputs;
}

interface Visitor {
  readonly color: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly overrides: boolean;
}

async function visitorsOf(origin: string): Promise<Visitor[]> {
  const red = await overrideCookie(origin, { COLOR: 'red' });
  const green = await overrideCookie(origin, { COLOR: 'green' });
  return [
    { color: 'off', headers: {}, overrides: false },
    { color: 'red', headers: { Cookie: red }, overrides: true },
    { color: 'blue', headers: { 'X-User': 'blue' }, overrides: false },
    { color: 'green', headers: { Cookie: green, 'X-User': 'blue' }, overrides: true },
    { color: 'off', headers: { Cookie: `${red}x` }, overrides: false },
  ];
}

describe.each(EXPRESSES)('requests with alternating overrides, 50 at a time, in %s', (_name, express) => {
  it.each(ENGINES)('show not one wrong page of %s', async (engine, use) => {
    const app = anApp(express, {
      flags: [new AnyFlag('COLOR', ({ isUser }) => (isUser('blue') ? 'blue' : 'off'), { variants: VARIANTS })],
      browserOverrides: { secret: 'a secret' },
      after: [logIn],
      routes: (routes) => {
        use(routes);
        routes.enable('view cache');
        slowPage(routes);
      },
    });
    const origin = await serve(app);
    const visitors = await visitorsOf(origin);
    const count = engine === 'Nunjucks' ? 1000 : 200;
    const requests = Array.from({ length: count / visitors.length }, () => visitors).flat();
    const pages = await concurrently(requests, 50, async ({ headers }) => {
      const { status, text, headers: got } = await ask(origin, '/', headers);
      return `${status} ${text.trim()} ${got['cache-control']}`;
    });
    const wrong = pages.filter((page, index) => {
      const { color, overrides } = requests[index] ?? {};
      return page !== `200 ${color} ${color} ${color} ${color} ${overrides ? 'private, no-store' : undefined}`;
    });
    expect([pages.length, wrong]).toEqual([count, []]);
  });
});
