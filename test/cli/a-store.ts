import { join } from 'node:path';
import type { Definitions, FlagInput, FlagStore, SegmentInput } from 'express-gatekeeper';
import { sqliteStore } from 'express-gatekeeper/stores/sqlite';
import { onTestFinished, vi } from 'vitest';
import { workIn } from '../stores/a-folder.js';

/** Flags by environment. */
export type Filling = Readonly<Record<string, Partial<Definitions>>>;

/**
 * A store in a folder of this test's own, which is the working directory now, named by `GATEKEEPER_STORE`.
 *
 * @param filling what is in it at first
 */
export async function aStore(filling: Filling = {}): Promise<FlagStore> {
  const folder = workIn({});
  const path = join(folder, 'flags.db');
  vi.stubEnv('GATEKEEPER_STORE', 'sqlite:flags.db');
  vi.stubEnv('GATEKEEPER_ENV', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  const store = sqliteStore(path);
  onTestFinished(() => store.close());
  for (const [environment, change] of Object.entries(filling)) await store.apply(environment, change, { by: 'test' });
  return store;
}

/** A store whose default environment has these flags. */
export function storeWith(
  flags: Readonly<Record<string, FlagInput>>,
  segments?: Readonly<Record<string, SegmentInput>>,
) {
  return aStore({ default: { flags, ...(segments && { segments }) } });
}

/** One flag as it stands in a store. */
export async function flagIn(store: FlagStore, name: string, environment = 'default'): Promise<FlagInput | undefined> {
  return (await store.load(environment)).flags[name];
}

/** What the newest change says of itself. */
export async function lastChange(store: FlagStore, environment = 'default') {
  const [entry] = await store.history(environment, { limit: 1 });
  if (entry === undefined) throw new Error(`Nothing was changed in ${environment}.`);
  return entry;
}
