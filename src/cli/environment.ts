import { didYouMean } from '../evaluation/closest.js';
import type { FlagStore } from '../stores/store.js';
import { calledWrongly, notThere } from './exit-codes.js';
import { safeText } from './print/safe-text.js';

/** The environment when none is named, in app and command alike. */
const UNNAMED = 'default';

/** The environment that was named, by option or by the shell. */
function environmentNamed(option: string | undefined): string | undefined {
  return option || process.env['GATEKEEPER_ENV'] || undefined;
}

export function environmentRead(option: string | undefined): string {
  return environmentNamed(option) ?? UNNAMED;
}

/**
 * The environment that is written to: where there are others than the one of no name, it has to be said which is meant.
 *
 * @throws GatekeeperError `INVALID_OPTION`
 */
export async function environmentWritten(option: string | undefined, store: FlagStore): Promise<string> {
  const named = environmentNamed(option);
  if (named !== undefined) return named;
  const known = (await store.environments?.list()) ?? [];
  if (known.every((environment) => environment === UNNAMED)) return UNNAMED;
  throw calledWrongly(
    `${store.name} holds several environments: ${listed(known)}. Say which to change: --env ${safeText(known.at(-1) ?? '')}`,
  );
}

/** What there is to say about an environment that is about to be written to: it may be a slip; `undefined` when all is as usual. */
export async function oddEnvironment(environment: string, store: FlagStore): Promise<string | undefined> {
  if (store.environments === undefined) {
    return environment === UNNAMED ? undefined : `${store.name} holds one set of flags, for every environment.`;
  }
  const known = await store.environments.list();
  if (known.length === 0 || known.includes(environment)) return undefined;
  return `'${environment}' is a new environment of ${store.name}${didYouMean(environment, known) || `, beside ${listed(known)}.`}`;
}

/** What there is to say about an environment in which nothing can be seen, though there are others; `undefined` for any other. */
export async function emptyEnvironment(environment: string, store: FlagStore): Promise<string | undefined> {
  const known = (await store.environments?.list()) ?? [];
  if (known.length === 0 || known.includes(environment)) return undefined;
  return `There is nothing in environment '${environment}' of ${store.name}; there are: ${listed(known)}.`;
}

/** @throws GatekeeperError `UNKNOWN_NAME` when the store has no such environment */
export async function checkEnvironment(environment: string, store: FlagStore): Promise<void> {
  if (store.environments === undefined) {
    throw calledWrongly(`${store.name} holds one environment only; there is nothing to compare or copy.`);
  }
  const known = await store.environments.list();
  if (known.includes(environment)) return;
  const meant = didYouMean(environment, known) || `; there are: ${listed(known) || 'none so far'}`;
  throw notThere(`There is no environment '${environment}' in ${store.name}${meant}`);
}

/** Others may have named them, and a message may have lines. */
function listed(environments: readonly string[]): string {
  return environments.map(safeText).join(', ');
}
