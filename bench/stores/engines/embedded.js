/** @import { Column } from '../contract.ts' */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @type {Column} */
export const sqlite = {
  name: 'sqlite',
  head: 'sqlite (synchronous = FULL)',
  start: async (folder) => inFiles((part) => `sqlite:${join(folder, `${part}.db`)}`),
};

/** @type {Column} */
export const file = {
  name: 'file',
  head: 'file (YAML, fsync)',
  start: async (folder) =>
    inFiles((part) => {
      const path = join(folder, `${part}.yaml`);
      // A URL names a file that is there.
      if (!existsSync(path)) writeFileSync(path, 'flags: {}\n');
      return `file:${path}`;
    }),
};

/** @param {(part: string) => string} url */
function inFiles(url) {
  return { url, remote: false, stop: async () => undefined };
}
