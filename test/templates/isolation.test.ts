import { setTimeout as delay } from 'node:timers/promises';
import type { Express } from 'express';
import { flag } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { anApp, logIn, overrideCookie } from '../express/an-app.js';
import { EXPRESSES } from '../express/expresses.js';
import { AnyFlag } from '../express/flags.js';
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

describe.each(EXPRESSES)('1,000 requests, 50 at a time, in %s', (_name, express) => {
  it.each(ENGINES)('with alternating overrides show not one wrong page of %s', async (_engine, use) => {
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
    const visitors = [
      { color: 'off', headers: {} },
      { color: 'red', headers: { Cookie: await overrideCookie(origin, { COLOR: 'red' }) } },
      { color: 'blue', headers: { 'X-User': 'blue' } },
      { color: 'green', headers: { Cookie: await overrideCookie(origin, { COLOR: 'green' }), 'X-User': 'blue' } },
      { color: 'off', headers: { Cookie: `${await overrideCookie(origin, { COLOR: 'red' })}x` } },
    ];
    const requests = Array.from({ length: 200 }, () => visitors).flat();
    const wrong = (
      await concurrently(requests, 50, async ({ color, headers }) => {
        const page = await ask(origin, '/', headers);
        const expected = `200 ${color} ${color} ${color} ${color}`;
        const got = `${page.status} ${page.text.trim()}`;
        const shared = page.headers['cache-control'] === undefined;
        return got === expected && shared === !/^gatekeeper=.*[^x]$/.test(String(Reflect.get(headers, 'Cookie'))) ? [] : [expected, got];
      })
    ).flat();
    expect(wrong).toEqual([]);
  });
});
