import { expect, it, onTestFinished } from 'vitest';
import { describeWithPostgres } from '../../engines/postgres.js';
import { aStore } from './a-store.js';
import { watched } from './told.js';

describeWithPostgres(
  'a Postgres that is killed while it is written to',
  (server) => {
    it('holds every acknowledged write, each with its entry; the stores recover unaided and tell', async () => {
      const stores = [aStore(server().url()), aStore(server().url())];
      const reader = aStore(server().url());
      const told = watched(reader);
      await told.next();

      const acknowledged: string[] = [];
      const failed: unknown[] = [];
      let milestone: { readonly count: number; readonly reached: () => void } | undefined;
      let going = true;
      // Also when the test fails: a closed store refuses faster than anything else gets a turn.
      onTestFinished(() => {
        going = false;
      });
      const writers = stores.flatMap((store, number) =>
        ['x', 'y'].map(async (lane) => {
          for (let turn = 0; going; turn += 1) {
            const flag = `${number}-${lane}-${turn}`;
            await store.apply('default', { flags: { [flag]: turn } }, { by: lane }).then(
              () => acknowledged.push(flag),
              (error: unknown) => failed.push(error),
            );
            if (milestone && acknowledged.length >= milestone.count) milestone.reached();
          }
        }),
      );
      const more = (count: number): Promise<void> =>
        new Promise((reached) => {
          milestone = { count: acknowledged.length + count, reached };
        });

      for (let crash = 0; crash < 2; crash += 1) {
        await more(50);
        const noticed = told.next();
        await server().kill();
        await noticed;
        const back = told.next();
        await server().start();
        await back;
        await more(50);
      }
      going = false;
      await Promise.all(writers);

      expect(failed.length).toBeGreaterThan(0);
      for (const error of failed) expect(error).toMatchObject({ code: 'STORE_FAILED' });
      const last = await stores[0]?.revision('default');
      await told.until(async () => (await reader.revision('default')) === last);
      const { flags, revision } = await reader.load('default');
      expect(acknowledged.filter((flag) => !Object.hasOwn(flags, flag))).toEqual([]);
      const entries = await reader.history('default', { limit: 1_000_000 });
      expect(entries.length).toBe(revision);
      expect(entries.map(({ changes }) => changes[0]?.name).sort()).toEqual(Object.keys(flags).sort());
    }, 60_000);
  },
  { durable: true },
);
