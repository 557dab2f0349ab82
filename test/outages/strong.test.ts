import { join } from 'node:path';
import { gatekeeper } from 'express-gatekeeper';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../stores/a-folder.js';
import { type Answer, visit } from './a-shop.js';
import { type StoreSettings, storeOf } from './children/store-of.js';
import { type Process, processes } from './processes.js';
import { describeOnServers } from './servers.js';
import { traffic } from './traffic.js';

const WRITES = 100;

const start = processes();

async function originOf(app: Process): Promise<string> {
  const line = await app.line((each) => each.startsWith('at '));
  return `http://127.0.0.1:${line.slice(3)}`;
}

function promises(fresh: () => StoreSettings): void {
  it(`show each of ${WRITES} changes: in strong mode to every request that begins once it was acknowledged, else soon`, async () => {
    const store = fresh();
    const gk = gatekeeper({ flags: [], store: storeOf(store) });
    onTestFinished(() => gk.close());
    await gk.update('a', false, { by: 'ann' });
    const app = (consistency: string): Process =>
      start(import.meta.resolve('./children/app.ts'), { store, consistency });
    const [one, other, cached] = [app('strong'), app('strong'), app('cached')];
    const strong = await Promise.all([one, other].map(originOf));
    const soon = await originOf(cached);

    const crowds = [...strong, soon].map((origin) => traffic(origin, 1));
    const late: Answer[] = [];
    let last = 0;
    for (let write = 1; write <= WRITES; write += 1) {
      const enabled = write % 2 === 1;
      last = await gk.update('a', { enabled, description: `change ${write}` }, { by: 'ann' });
      const variant = enabled ? 'on' : 'off';
      for (const answer of await Promise.all(strong.map(visit))) {
        if (answer.revision !== last || answer.variant !== variant || answer.stale) late.push(answer);
      }
    }
    expect(late).toEqual([]);
    await cached.line((line) => line === `change ${last}`);
    expect(await visit(soon)).toMatchObject({ variant: 'off', revision: last, stale: false });
    for (const crowd of crowds) {
      await crowd.end();
      expect(crowd.failed).toEqual([]);
      expect(crowd.answered).toBeGreaterThan(0);
    }
  }, 30_000);
}

describe('apps in processes of their own, on SQLite', () => {
  promises(() => ({ kind: 'sqlite', path: join(aFolder(), 'gatekeeper.db') }));
});

describeOnServers('apps in processes of their own', (server) => promises(() => server().fresh()));
