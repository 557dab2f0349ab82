import { expect, it } from 'vitest';
import { describeWithPostgres } from '../../engines/postgres.js';
import { aStore } from './a-store.js';
import { ask, endListeners } from './ask.js';
import { freshSchema } from './fresh-schema.js';
import { watched } from './told.js';
import { aBlackHole, aRefusedPort, aWire } from './wire.js';

const by = { by: 'a test' };

it('a port that never answers fails every call in time, those that wait for each other together', async () => {
  const store = aStore({ connectionString: await aBlackHole(), connectTimeout: 200 });
  store.watch('default', () => undefined);
  const silence = { code: 'STORE_FAILED', message: expect.stringContaining('No connection was there within 200 ms') };
  await expect(store.load('default')).rejects.toMatchObject(silence);
  await expect(store.revision('default')).rejects.toMatchObject(silence);
  const writes = Array.from({ length: 200 }, () => store.apply('default', { flags: { a: true } }, by));
  for (const write of writes) await expect(write).rejects.toMatchObject(silence);
  await store.close();
});

it('a refused port is told with what may be wrong', async () => {
  const store = aStore(await aRefusedPort());
  store.watch('default', () => undefined);
  const error: unknown = await store.load('default').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'STORE_FAILED' });
  expect(String(error)).toMatch(
    /Postgres at 127\.0\.0\.1:\d+\/postgres: .*connect ECONNREFUSED.* Does it run there, and is the port the right one\?$/,
  );
});

describeWithPostgres('when the connection to a real Postgres fails', (server) => {
  it('a terminated LISTEN comes back and tells, with what was changed meanwhile', async () => {
    const options = { connectionString: server().url(), schema: freshSchema() };
    const [reader, writer] = [aStore(options), aStore(options)];
    const told = watched(reader);
    await told.next();
    for (let value = 1; value <= 3; value += 1) {
      const lost = told.next();
      expect(await endListeners(server().url())).toBe(1);
      const revision = await writer.apply('default', { flags: { a: value } }, by);
      await lost;
      await told.until(async () => (await reader.revision('default')) === revision);
      // Told again by the new connection, not only of the loss.
      const pushed = told.next();
      await told.until(async () => (await listeners(server().url())) === 1);
      await writer.apply('default', { flags: { b: value } }, by);
      await pushed;
    }
  });

  it('a wire gone silent is noticed by the watcher, and by whoever asks; both recover', async () => {
    const schema = freshSchema();
    const wire = await aWire(server().port);
    const waits = { connectTimeout: 300, statementTimeout: 300, pingEvery: 50 };
    const reader = aStore({ connectionString: wire.url, schema, ...waits });
    const writer = aStore({ connectionString: server().url(), schema });
    const told = watched(reader);
    await told.next();
    await reader.load('default');
    wire.freeze();
    await told.next();
    await expect(reader.revision('default')).rejects.toMatchObject({ code: 'STORE_FAILED' });
    // Together: one after the other, they would outlast the test.
    const writes = Array.from({ length: 50 }, () => reader.apply('default', { flags: { b: 1 } }, by));
    for (const { status, reason } of (await Promise.allSettled(writes)) as PromiseRejectedResult[]) {
      expect([status, String(reason)]).toEqual(['rejected', expect.stringContaining('nothing was written')]);
    }
    const revision = await writer.apply('default', { flags: { a: 1 } }, by);
    wire.thaw();
    await told.until(async () => (await reader.revision('default')) === revision);
    expect((await reader.load('default')).flags).toMatchObject({ a: 1 });
  });

  it('a write whose end is not known says so, and may have happened', async () => {
    const schema = freshSchema();
    const wire = await aWire(server().port);
    const store = aStore({ connectionString: wire.url, schema, statementTimeout: 1_000 });
    await store.apply('default', { flags: { a: 1 } }, by);
    // With its end: transactions begin with READ COMMITTED.
    wire.freezeAfter('COMMIT\0');
    await expect(store.apply('default', { flags: { a: 2 } }, by)).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('whether the change was written is not known'),
    });
    wire.thaw();
    expect((await store.load('default')).flags).toMatchObject({ a: 2 });
  });

  it('a write that waits for a lock too long is given up, and nothing of it is written', async () => {
    const options = { connectionString: server().url(), schema: freshSchema(), statementTimeout: 300 };
    const store = aStore(options);
    await store.apply('default', { flags: { a: 1 } }, by);
    const locked = `BEGIN; LOCK TABLE ${options.schema}.gatekeeper_environments IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(1)`;
    const lock = ask(server().url(), locked);
    await locksTaken(server().url());
    await expect(store.apply('default', { flags: { a: 2 } }, by)).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('nothing was written'),
    });
    await lock;
    expect((await store.load('default')).flags).toMatchObject({ a: 1 });
  });

  it('somebody else’s cleaning up is survived: the tables are made again', async () => {
    const options = { connectionString: server().url(), schema: freshSchema() };
    const store = aStore(options);
    await store.apply('default', { flags: { a: 1 } }, by);
    await ask(server().url(), `DROP SCHEMA ${options.schema} CASCADE`);
    await expect(store.load('default')).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await store.revision('default')).toBe(0);
    expect(await store.deltas.since('default', 1)).toBeUndefined();
  });
});

async function listeners(url: string): Promise<number> {
  const rows = await ask(url, "SELECT FROM pg_stat_activity WHERE query LIKE 'LISTEN gatekeeper%'");
  return rows.length;
}

async function locksTaken(url: string): Promise<void> {
  for (;;) {
    const rows = await ask(url, "SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted");
    if (rows.length > 0) return;
  }
}
