import type { FlagStore } from '../../stores/store.js';

export const here = 'default';
export const by = { by: 'the contract' };

/** Names that mean something to SQL, to keys with colons, to patterns, to objects and to shells. */
export const HOSTILE_NAMES: readonly string[] = [
  "'; DROP TABLE gatekeeper_records; --",
  '"quoted"',
  '%',
  '_',
  '$1',
  '?',
  ':colons:{and}:braces',
  '*',
  '[a-z]',
  'back\\slash',
  'line\nbreak',
  'ünïcödé 🚩',
  'constructor',
  'toString',
  'a/b/c',
  ' blank ',
  'x'.repeat(200),
];

/** What a store holds, as plain objects that can be compared. */
export async function contentOf(store: FlagStore, environment = here): Promise<{ flags: object; segments: object }> {
  const { flags, segments } = await store.load(environment);
  return { flags: { ...flags }, segments: { ...segments } };
}
