import { postgresStore } from 'express-gatekeeper/stores/postgres';
import { storeContract } from 'express-gatekeeper/testing';
import { describe, it } from 'vitest';
import { describeWithPostgres } from '../../engines/postgres.js';
import { freshSchema } from './fresh-schema.js';

describeWithPostgres('in a real Postgres', (server) => {
  storeContract(
    'the store in Postgres',
    () => {
      const options = { connectionString: server().url(), schema: freshSchema() };
      return { store: postgresStore(options), again: () => postgresStore(options) };
    },
    { describe, it },
  );
});
