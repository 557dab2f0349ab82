import { join } from 'node:path';
import { fileStore } from 'express-gatekeeper/stores/file';
import { storeContract } from 'express-gatekeeper/testing';
import { describe, it } from 'vitest';
import { aFolder } from '../a-folder.js';

for (const name of ['flags.yaml', 'flags.json']) {
  storeContract(
    `the file ${name}`,
    () => {
      const path = join(aFolder(), name);
      return { store: fileStore(path), again: () => fileStore(path) };
    },
    { describe, it },
  );
}
