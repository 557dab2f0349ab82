import type { RequestHandler } from 'express';
import type { FlagStore } from 'express-gatekeeper';
import { expect, it } from 'vitest';
import { aShop } from './a-shop.js';
import { storeOf } from './children/store-of.js';
import { describeOnServers } from './servers.js';

const CROWD = 500;

/** A store that counts what it is asked. */
function counted(store: FlagStore) {
  const asked = { load: 0, revision: 0 };
  const counting: FlagStore = {
    ...withoutMethods(store),
    name: store.name,
    load: (environment) => {
      asked.load += 1;
      return store.load(environment);
    },
    revision: (environment) => {
      asked.revision += 1;
      return store.revision(environment);
    },
    apply: (environment, change, options) => store.apply(environment, change, options),
    history: (environment, query) => store.history(environment, query),
    watch: (environment, onRevision) => store.watch(environment, onRevision),
    close: () => store.close(),
  };
  return { asked, counting };
}

function withoutMethods({ deltas }: FlagStore): Pick<FlagStore, 'deltas'> {
  return deltas === undefined ? {} : { deltas };
}

/** Lets nobody in before all are there. */
function aDoor() {
  let waiting: (() => void)[] = [];
  const handler: RequestHandler = (_req, _res, next) => {
    waiting.push(next);
    if (waiting.length < CROWD) return;
    const all = waiting;
    waiting = [];
    for (const enter of all) enter();
  };
  return handler;
}

describeOnServers(`${CROWD} requests at once`, (server) => {
  it('wait for one load at the start', async () => {
    const settings = server().fresh();
    const writer = storeOf(settings);
    await writer.apply('default', { flags: { a: true } }, { by: 'ann' });
    await writer.close();
    const { asked, counting } = counted(storeOf(settings));
    // Nobody can know the flags before all requests are there.
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const held: FlagStore = { ...counting, load: (environment) => opened.then(() => counting.load(environment)) };
    const door = aDoor();
    const { visit, gk } = await aShop(held, {
      readyTimeout: 20_000,
      door: (req, res, next) => {
        door(req, res, () => {
          next();
          open();
        });
      },
    });
    const answers = await Promise.all(Array.from({ length: CROWD }, visit));
    expect(answers.filter(({ variant, stale }) => variant !== 'on' || stale)).toEqual([]);
    expect(asked.load).toBe(1);
    await gk.ready();
  }, 20_000);

  it('share a few small reads in strong mode', async () => {
    const { asked, counting } = counted(storeOf(server().fresh()));
    const { gk, visit } = await aShop(counting, { readyTimeout: 10_000, consistency: 'strong', door: aDoor() });
    await gk.ready();
    await gk.update('a', true, { by: 'ann' });
    await gk.fresh();
    Object.assign(asked, { load: 0, revision: 0 });
    const answers = await Promise.all(Array.from({ length: CROWD }, visit));
    expect(answers.filter(({ variant, stale }) => variant !== 'on' || stale)).toEqual([]);
    expect(asked.revision).toBeGreaterThan(0);
    expect(asked.revision).toBeLessThan(10);
    expect(asked.load).toBe(0);
  }, 20_000);
});
