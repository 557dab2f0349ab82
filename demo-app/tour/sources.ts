import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlagStore } from 'express-gatekeeper';
import type { ShopFlags } from '../flag-store.js';
import { yamlOf } from './yaml.js';

type Content = Awaited<ReturnType<FlagStore['load']>>;

/** Read from the files themselves, so that the page never shows code the shop does not run. */
export function classSource(file: string): string {
  return readFileSync(join(import.meta.dirname, '../flags', file), 'utf8').trim();
}

/**
 * What the store holds at this moment, in use by then; `undefined` when it cannot be read. The flags in use outlive their store, and
 * so does the page about them.
 */
export async function storeContent({ gk, store, environment }: ShopFlags): Promise<Content | undefined> {
  // While it is known to be down nobody waits to find that out anew.
  if (gk.health().status === 'stale') return undefined;
  try {
    await gk.fresh();
    return await store.load(environment);
  } catch {
    return undefined;
  }
}

/** What the store says about flags and segments of these names. */
export function dataSource(content: Content | undefined, names: readonly string[]): string {
  if (content === undefined) return '# The store cannot be read just now. What it said last is in use.';
  const records = { ...content.segments, ...content.flags };
  return names
    .map((name) =>
      Object.hasOwn(records, name) ? yamlOf({ [name]: records[name] }) : `# ${name} is not in the store.`,
    )
    .join('\n\n');
}
