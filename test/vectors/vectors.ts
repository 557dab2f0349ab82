import { readFileSync } from 'node:fs';

/** Reads a file of pinned values. `JSON.parse`, because it leaves lone surrogates as they are. */
export function readVectors<Vectors>(name: string): Vectors {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as Vectors;
}
