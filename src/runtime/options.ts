import { GatekeeperError, shown } from '../errors.js';
import type { Definitions } from '../evaluation/definition/schema.js';
import { FeatureFlagConfig, type Flags } from '../evaluation/flag-config.js';
import type { FlagStore } from '../stores/store.js';
import type { Logger } from './logger.js';

/** What the flags are and where they run. */
export interface RuntimeOptions {
  /** The flags that are classes; by default what `registerFlags()` registered. */
  readonly flags?: Flags;
  /** Flags and segments as data, and changes to flags that are classes. */
  readonly definitions?: Definitions;
  /**
   * Where definitions are kept that change while the app runs: an instance or a URL such as `file:flags.yaml`. With neither
   * `store` nor `definitions`, `flags.yaml` or `flags.json` in the working directory is one, when it is there.
   */
  readonly store?: string | FlagStore;
  /** The environment whose definitions apply; by default `GATEKEEPER_ENV`, else `default`. */
  readonly environment?: string;
  /** The app's name, part of what is signed for browsers; by default the `name` in the working directory's package.json. */
  readonly appName?: string;
  /** Where messages go; by default the console. */
  readonly logger?: Logger;
  /** The time in milliseconds since the epoch; by default `Date.now`. */
  readonly clock?: () => number;
}

/** Tells whether a value can be used, and if not what would be. */
type Check = (value: unknown) => string | undefined;

const kinds = {
  text: (value) => (typeof value === 'string' && value.trim() !== '' ? undefined : 'a non-empty string'),
  callable: (value) => (typeof value === 'function' ? undefined : 'a function'),
  flag: (value) => (typeof value === 'boolean' ? undefined : 'true or false'),
  object: (value) => (typeof value === 'object' && value !== null ? undefined : 'an object'),
} satisfies Record<string, Check>;

const record: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'a record';

const flagsCheck: Check = (value) => {
  if (value instanceof FeatureFlagConfig) return 'a list: flags: [yourFlag]';
  const iterable = typeof value === 'object' && value !== null && Symbol.iterator in value;
  return Array.isArray(value) || (!iterable && record(value) === undefined)
    ? undefined
    : 'a list or a record of flag instances';
};

/** Which options there are, and what each has to be. */
export type Checks = Readonly<Record<string, Check>>;

const { text, object } = kinds;
export const { callable, flag } = kinds;

export const RUNTIME_CHECKS: Checks = {
  flags: flagsCheck,
  definitions: (value) =>
    (record(value) ?? record((value as { flags?: unknown }).flags)) ? '{ flags: { name: definition } }' : undefined,
  store: (value) =>
    typeof value === 'string' || typeof (value as { load?: unknown } | null)?.load === 'function'
      ? undefined
      : 'a URL such as file:flags.yaml, or a store',
  environment: text,
  appName: text,
  logger: (value) =>
    (object(value) ?? callable((value as { warn?: unknown }).warn) ?? callable((value as { error?: unknown }).error))
      ? 'an object with warn(message) and error(message), such as console'
      : undefined,
  clock: callable,
};

/**
 * Checks options by name and shape.
 *
 * @param place what the options belong to, for messages, e.g. `gatekeeper()`
 * @throws GatekeeperError `INVALID_OPTION` naming option, value and fix
 */
export function checkOptions(options: object, checks: Checks, place: string): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(checks, name)) {
      throw new GatekeeperError(
        'INVALID_OPTION',
        `${place} knows no option ${shown(name)}; it takes ${Object.keys(checks).join(', ')}.`,
      );
    }
    const expected = value === undefined ? undefined : checks[name]?.(value);
    if (expected !== undefined) {
      // A secret that is wrong may be nearly right.
      const given = name === 'secret' ? 'something unusable' : shown(value);
      throw new GatekeeperError('INVALID_OPTION', `${place} was given ${given} for ${name}; use ${expected}.`);
    }
  }
}
