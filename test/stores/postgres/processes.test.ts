import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, it } from 'vitest';
import { describeWithPostgres } from '../../engines/postgres.js';
import { aStore } from './a-store.js';
import { ask } from './ask.js';
import { freshSchema } from './fresh-schema.js';
import { watched } from './told.js';

const by = { by: 'a test' };

describeWithPostgres('processes that share a real Postgres', (server) => {
  it('lose none of 200 edits each of one flag', async () => {
    const schema = freshSchema();
    await Promise.all([1, 2].map(() => run(import.meta.resolve('./edit-one-flag.ts'), server().url(), schema, '200')));
    const store = aStore({ connectionString: server().url(), schema });
    expect((await store.load('default')).flags).toMatchObject({ counter: 400 });
    const entries = await store.history('default', { flag: 'counter', limit: 1_000 });
    expect(entries.map(({ changes }) => changes[0]?.after)).toEqual(Array.from({ length: 400 }, (_, at) => 400 - at));
  }, 60_000);

  it.each(['close', 'leave open'])(
    'end by themselves, whether they close the store or not: %s',
    async (ending) => {
      const { stdout, stderr } = await run(
        import.meta.resolve('./use-and-close.ts'),
        server().url(),
        freshSchema(),
        ending,
      );
      expect(stdout).toMatch(/^done/);
      if (ending === 'close') expect(stdout).toBe('done, 0 timers');
      expect(stderr).toBe('');
    },
    20_000,
  );

  it('use the app’s own pool, through its end and without ending it', async () => {
    const pool = new pg.Pool({ connectionString: server().url(), max: 1, password: 'kept out of sight' });
    const before = pool.listenerCount('error');
    const store = aStore({ pool, schema: freshSchema() });
    expect(store.name).toBe(`Postgres at 127.0.0.1:${server().port}/postgres`);
    const told = watched(store);
    await told.next();
    const pushed = told.next();
    await store.apply('default', { flags: { a: true } }, by);
    await pushed;
    // A connection that ends while it is idle is an error of the pool, which nobody but the store listens to.
    const removed = new Promise((resolve) => pool.once('remove', resolve));
    await ask(server().url(), 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
    await removed;
    expect((await store.load('default')).flags).toMatchObject({ a: true });
    await store.close();
    expect(pool.listenerCount('error')).toBe(before);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  it('leave no connection behind when they close a store', async () => {
    const store = aStore(`${server().url()}?application_name=leaving`);
    const told = watched(store);
    await Promise.all([told.next(), store.load('default'), store.load('default'), store.revision('default')]);
    await store.close();
    const others = "SELECT FROM pg_stat_activity WHERE application_name = 'leaving'";
    let left = await ask(server().url(), others);
    // The server takes a moment to see that they are gone.
    while (left.length > 0) left = await ask(server().url(), others);
    expect(left).toEqual([]);
  });
});

function run(script: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const tsx = import.meta.resolve('tsx');
  return promisify(execFile)(process.execPath, ['--import', tsx, fileURLToPath(script), ...args]);
}
