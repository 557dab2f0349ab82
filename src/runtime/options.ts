import { GatekeeperError, shown } from '../errors.js';
import { didYouMean } from '../evaluation/closest.js';
import { LIMITS } from '../evaluation/definition/limits.js';
import type { Definitions } from '../evaluation/definition/schema.js';
import { FeatureFlagConfig, type Flags } from '../evaluation/flag-config.js';
import { isPlain } from '../evaluation/json-value.js';
import type { ChangeOptions, FlagStore } from '../stores/store.js';
import type { Logger } from './logger.js';
import type { RecentContextsOptions } from './recent-contexts.js';

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
  /**
   * `cached` (default): flags are as new as the store has told, which takes milliseconds. `strong`: a request that starts after a
   * write was acknowledged, in any process, sees it; each request asks the store for its revision once. Paths that need no flags
   * can be left out. While the store cannot be read, the last known flags serve and say that they are `stale`.
   */
  readonly consistency?: 'cached' | 'strong' | StrongConsistency;
  /** How long requests wait for the first load of a store that takes time, in milliseconds from creation on; by default 2000. */
  readonly readyTimeout?: number;
  /**
   * The last contexts that flags were read for are kept in memory, for the dashboard: who got what, and what a change would do to
   * them. `max` (500) limits how many, `redact` names attributes that are left out; `false` keeps nobody in mind.
   */
  readonly recentContexts?: false | RecentContextsOptions;
  /** The app's name, part of what is signed for browsers; by default the `name` in the working directory's package.json. */
  readonly appName?: string;
  /** Where messages go; by default the console. */
  readonly logger?: Logger;
  /** The time in milliseconds since the epoch; by default `Date.now`. */
  readonly clock?: () => number;
}

/** Strong consistency, but not everywhere. */
export interface StrongConsistency {
  readonly mode: 'strong';
  /** Paths (with all below them) of requests that do not wait for the store. */
  readonly except?: readonly string[];
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

/** A map of another make or a misspelt key would be no flags at all, and nobody would be told. */
const definitionsCheck: Check = (value) => {
  if (!isPlain(value)) return FLAGS;
  const { flags, segments, $schema: _, ...others } = value;
  for (const key of Object.keys(others)) {
    const meant = ['flags', 'segments'].find((known) => didYouMean(key, [known]) !== '');
    if (meant !== undefined) return `${meant} instead of ${shown(key)}`;
  }
  if (!isPlain(flags)) return FLAGS;
  if (segments !== undefined && !isPlain(segments)) return `${FLAGS}, and for segments { name: segment }`;
  const [unknown] = Object.keys(others);
  return unknown === undefined ? undefined : `flags and segments, without ${shown(unknown)}`;
};

const FLAGS = '{ flags: { name: definition } }';

function isStrong(value: unknown): boolean {
  if (record(value) !== undefined) return false;
  const { mode, except = [], ...others } = value as Readonly<Record<string, unknown>>;
  const paths = Array.isArray(except) && except.every((path) => typeof path === 'string' && /^\/[^/]/.test(path));
  return mode === 'strong' && paths && Object.keys(others).length === 0;
}

function isRecentContexts(value: unknown): boolean {
  if (record(value) !== undefined) return false;
  const { max = 1, redact = [], ...others } = value as Readonly<Record<string, unknown>>;
  const names = Array.isArray(redact) && redact.every((name) => typeof name === 'string');
  return (
    Number.isInteger(max) && Number(max) > 0 && Number(max) <= 100_000 && names && Object.keys(others).length === 0
  );
}

/** Which options there are, and what each has to be. */
export type Checks = Readonly<Record<string, Check>>;

const { text, object } = kinds;
export const { callable, flag } = kinds;

export const RUNTIME_CHECKS: Checks = {
  flags: flagsCheck,
  definitions: definitionsCheck,
  store: (value) =>
    typeof value === 'string' || typeof (value as { load?: unknown } | null)?.load === 'function'
      ? undefined
      : 'a URL such as file:flags.yaml, or a store',
  environment: text,
  consistency: (value) =>
    value === 'cached' || value === 'strong' || isStrong(value)
      ? undefined
      : "'cached', 'strong' or { mode: 'strong', except: ['/assets'] }",
  recentContexts: (value) =>
    value === false || isRecentContexts(value) ? undefined : "false or { max: 500, redact: ['email'] }",
  readyTimeout: (value) =>
    typeof value === 'number' && value >= 0 && value <= 600_000 ? undefined : 'milliseconds, at most ten minutes',
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

/**
 * Checks who changes something and why.
 *
 * @throws GatekeeperError `INVALID_OPTION` naming option, value and fix
 */
export function checkChangeOptions(options: ChangeOptions): void {
  if (record(options) === undefined) checkOptions(options, CHANGE_CHECKS, 'A change');
  if (options?.by === undefined) {
    throw new GatekeeperError('INVALID_OPTION', 'A change needs to know who makes it: { by: "ann@example.com" }.');
  }
}

const CHANGE_CHECKS: Checks = {
  by: (value) => text(value) ?? short(value, LIMITS.label),
  comment: (value) => short(value, LIMITS.text),
  expectedRevision: (value) =>
    Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : 'the revision that details or health told',
  at: (value) => (Number.isFinite(value) ? undefined : 'milliseconds since the epoch'),
};

function short(value: unknown, most: number): string | undefined {
  return typeof value === 'string' && value.length <= most ? undefined : `at most ${most} characters of text`;
}
