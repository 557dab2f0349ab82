import { expect, it } from 'vitest';
import { describeWithPostgres } from '../../engines/postgres.js';
import { aStore } from './a-store.js';
import { ask } from './ask.js';
import { freshSchema } from './fresh-schema.js';

const by = { by: 'a test' };

describeWithPostgres('the tables of the store in a real Postgres', (server) => {
  it('are made once by many who make them at once', async () => {
    const options = { connectionString: server().url(), schema: freshSchema() };
    const stores = Array.from({ length: 8 }, () => aStore(options));
    await Promise.all(stores.map((store, at) => store.apply('default', { flags: { [`f${at}`]: true } }, by)));
    expect(await stores[0]?.revision('default')).toBe(8);
    const versions = await ask(server().url(), `SELECT version FROM ${options.schema}.gatekeeper_migrations`);
    expect(versions).toEqual([{ version: 1 }]);
  });

  it('are left alone when they are newer than this code', async () => {
    const options = { connectionString: server().url(), schema: freshSchema() };
    await aStore(options).apply('default', { flags: { a: 1 } }, by);
    await ask(server().url(), `INSERT INTO ${options.schema}.gatekeeper_migrations (version) VALUES (7)`);
    const tooNew = { code: 'STORE_TOO_NEW', message: expect.stringMatching(/have version 7; .* knows 1\. Install/) };
    const store = aStore(options);
    await expect(store.load('default')).rejects.toMatchObject(tooNew);
    await expect(store.apply('default', { flags: { a: 2 } }, by)).rejects.toMatchObject(tooNew);
    expect(await ask(server().url(), `SELECT definition FROM ${options.schema}.gatekeeper_records`)).toEqual([
      { definition: '1' },
    ]);
  });

  it('need rights that a missing one is told of; reading needs less than writing', async () => {
    const schema = freshSchema();
    await ask(server().url(), 'CREATE ROLE reader LOGIN');
    const reader = aStore({ connectionString: server().url('reader'), schema });
    const noRight = { code: 'STORE_FAILED', message: expect.stringMatching(/permission denied.*Its role needs USAGE/) };
    await expect(reader.load('default')).rejects.toMatchObject(noRight);
    await aStore({ connectionString: server().url(), schema }).apply('default', { flags: { a: 1 } }, by);
    await expect(reader.load('default')).rejects.toMatchObject(noRight);
    await ask(
      server().url(),
      `GRANT USAGE ON SCHEMA ${schema} TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO reader`,
    );
    expect((await reader.load('default')).flags).toMatchObject({ a: 1 });
    await expect(reader.apply('default', { flags: { a: 2 } }, by)).rejects.toMatchObject(noRight);
  });

  it('of a database that may only be read, as a replica, are read', async () => {
    const options = { connectionString: server().url(), schema: freshSchema() };
    await aStore(options).apply('default', { flags: { a: 1 } }, by);
    const replica = `${server().url()}?options=-c%20default_transaction_read_only%3Don`;
    const store = aStore({ ...options, connectionString: replica });
    expect((await store.load('default')).flags).toMatchObject({ a: 1 });
    await expect(store.apply('default', { flags: { a: 2 } }, by)).rejects.toMatchObject({ code: 'READ_ONLY' });
  });

  it('may have names of any kind, and stay apart by them', async () => {
    const connectionString = server().url();
    const names = ['"; DROP SCHEMA public CASCADE; --', "it's", '$1', 'ünïcödé', 'CamelCase', ' '];
    for (const [at, name] of names.entries()) {
      const stores = [
        aStore({ connectionString, schema: name }),
        aStore({ connectionString, schema: name, prefix: '' }),
      ];
      for (const store of [...stores, aStore({ connectionString, prefix: name })]) {
        expect(await store.apply('default', { flags: { a: at } }, by)).toBe(1);
        expect((await store.load('default')).flags).toMatchObject({ a: at });
      }
    }
    expect(await ask(connectionString, "SELECT FROM pg_namespace WHERE nspname = 'public'")).toHaveLength(1);
  });

  it('keep a definition as it was given, text that Postgres itself cannot hold too', async () => {
    const store = aStore({ connectionString: server().url(), schema: freshSchema() });
    const definition = { zebra: 1, apple: { nul: 'a\u0000b', half: '\ud800', '10': 1e21, '9': 0.1 } };
    const text = JSON.stringify(definition);
    await store.apply('default', { flags: { odd: definition as never } }, by);
    expect(JSON.stringify((await store.load('default')).flags['odd'])).toBe(text);
    const [entry] = await store.history('default', { flag: 'odd' });
    expect(JSON.stringify(entry?.changes[0]?.after)).toBe(text);
  });

  it.each([
    ['a name', { flags: { 'a\u0000b': true } }, by],
    ['half a character', { flags: { 'a\ud800': true } }, by],
    ['an author', { flags: { a: true } }, { by: '\u0000' }],
    ['a comment', { flags: { a: true } }, { ...by, comment: '\u0000' }],
    ['a long name', { segments: { ['x'.repeat(1_201)]: [] } }, by],
  ])('refuse what they cannot keep, and say so: %s', async (_title, change, options) => {
    const store = aStore({ connectionString: server().url(), schema: freshSchema() });
    await expect(store.apply('default', change, options)).rejects.toThrow(/^Postgres keeps no /);
    expect(await store.revision('default')).toBe(0);
    await store.apply('x'.repeat(1_200), { flags: { ['\u{10000}'.repeat(300)]: true } }, by);
  });
});
