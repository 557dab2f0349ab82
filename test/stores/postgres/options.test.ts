import { GatekeeperError } from 'express-gatekeeper';
import { type PostgresOptions, postgresStore } from 'express-gatekeeper/stores/postgres';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/stores/open-store.js';

const connectionString = 'postgres://ann:secret@db.example:6543/shop';

describe('the options of postgresStore()', () => {
  it('name the place in messages, and nobody who goes there', () => {
    expect(postgresStore(connectionString).name).toBe('Postgres at db.example:6543/shop');
    expect(postgresStore({ pool: new pg.Pool({ connectionString }) }).name).toBe('Postgres at db.example:6543/shop');
  });

  it.each(['postgres', 'postgresql'])('may be a URL of the scheme %s', (scheme) => {
    expect(openStore(`${scheme}://ann:secret@db.example/shop`).name).toBe('Postgres at db.example:5432/shop');
  });

  it.each<[string, PostgresOptions]>([
    ['needs either a connectionString or a pool, and not both', {}],
    ['needs either a connectionString or a pool, and not both', { connectionString, pool: new pg.Pool() }],
    ['needs a connectionString like postgres://', { connectionString: 'mysql://ann:secret@db.example' }],
    ['cannot read its connectionString; write postgres://', { connectionString: 'postgres://ann:secret@[x/shop' }],
    ['%40 and %2F', { connectionString: 'postgres://ann:p@ss/secret@db.example:6543/shop' }],
    ['needs a pg.Pool as its pool, not {}', { pool: {} as never }],
    ['needs text of 1 to 63 bytes as its schema, not ""', { connectionString, schema: '' }],
    ['needs text of 0 to 47 bytes as its prefix, not "x', { connectionString, prefix: 'x'.repeat(48) }],
    ['as its prefix, not "\\u0000"', { connectionString, prefix: '\u0000' }],
    ['needs whole milliseconds from 1 to 600000 as its connectTimeout, not 0', { connectionString, connectTimeout: 0 }],
    ['as its statementTimeout, not 0.5', { connectionString, statementTimeout: 0.5 }],
    ['as its pingEvery, not NaN', { connectionString, pingEvery: Number.NaN }],
  ])('are refused with the fix and without the password: %s', (message, options) => {
    const attempt = (): unknown => postgresStore(options);
    expect(attempt).toThrow(GatekeeperError);
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow('secret');
  });
});
