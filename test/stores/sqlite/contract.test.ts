import { join } from 'node:path';
import { storeContract } from 'express-gatekeeper/testing';
import { describe, it } from 'vitest';
import { DatabaseFile } from '../../../src/stores/sqlite/database-file.js';
import { driversHere } from '../../../src/stores/sqlite/driver.js';
import { GivenDatabase } from '../../../src/stores/sqlite/source.js';
import { SqliteStore } from '../../../src/stores/sqlite/sqlite-store.js';
import { aFolder } from '../a-folder.js';

for (const driver of driversHere()) {
  storeContract(
    `a file opened by ${driver.name}`,
    () => {
      const path = join(aFolder(), 'gatekeeper.db');
      const again = (): SqliteStore => new SqliteStore(new DatabaseFile(path, driver, 'gatekeeper_'));
      return { store: again(), again };
    },
    { describe, it },
  );

  storeContract(
    `a connection of the app by ${driver.name}`,
    () => {
      const database = driver.open(':memory:');
      const again = (): SqliteStore => new SqliteStore(new GivenDatabase(database, 'flags_'));
      return { store: again(), again };
    },
    { describe, it },
  );

  storeContract(
    `memory by ${driver.name}`,
    () => new SqliteStore(new DatabaseFile(':memory:', driver, 'gatekeeper_')),
    { describe, it },
  );
}
