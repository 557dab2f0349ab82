import type { StoreSettings } from './store-of.js';

/** What the test told this process: the store, and what else it has to know. */
export function given<More = unknown>(): { readonly store: StoreSettings } & More {
  return JSON.parse(process.argv[2] ?? '') as { readonly store: StoreSettings } & More;
}

/** Tells the test something. */
export function tell(...words: readonly unknown[]): void {
  process.stdout.write(`${words.join(' ')}\n`);
}

/** A process that hides its failures would pass for a good one. */
process.on('unhandledRejection', (error) => {
  process.stderr.write(`unhandled: ${String(error)}\n`);
});
