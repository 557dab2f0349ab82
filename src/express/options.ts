import type { Request } from 'express';
import { GatekeeperError, shown } from '../errors.js';
import type { Attributes } from '../evaluation/context.js';
import type { UserId } from '../evaluation/user-id.js';
import { type Checks, callable, checkOptions, flag, RUNTIME_CHECKS, type RuntimeOptions } from '../runtime/options.js';

/** How developers may see unreleased features in their own browser. */
export interface BrowserOverridesOptions {
  /** Signs the cookie; a list rotates: any of them verifies, the first signs. By default cookie-parser's secret. */
  readonly secret?: string | readonly string[];
  /** Who may set and use overrides: asked on both. Only `true`, returned synchronously, admits. */
  readonly allow?: (request: Request) => boolean;
  /** How long overrides last, in milliseconds; by default 14 days. */
  readonly maxAge?: number;
}

/** How a request is read. */
export interface RequestOptions {
  /** The user's id; by default `req.user.id`, then `req.session.userId`. Asked again until it gives an id. */
  readonly userId?: (request: Request) => UserId | null | undefined;
  /**
   * What else is known about the user. A synchronous function is called when a flag first needs it; an `async` one before the
   * next middleware, which therefore has to stand after log-in — or `await req.gk.ready()`.
   */
  readonly attributes?: (request: Request) => Attributes | Promise<Attributes>;
  /**
   * What visitors without a user id are bucketed by: the `gatekeeper_id` cookie (default), nothing (`false`), or an id
   * that the app has, such as that of its session.
   */
  readonly anonymousId?: false | ((request: Request) => string | null | undefined);
  /** `false` switches browser overrides off. */
  readonly browserOverrides?: false | BrowserOverridesOptions;
  /**
   * Whether `flag()` finds its request in any function below it. By default it does in development, and where it costs nothing
   * (from Node 24 on); ask for it with `true` where older versions run in production: there it costs every request of the app
   * about 0.1 µs per promise.
   */
  readonly ambient?: boolean;
  /** Adds `X-Active-Flags` with the flags this request read and found not off, for those who may use browser overrides. */
  readonly activeFlagsHeader?: boolean;
}

/** What `gatekeeper()` takes. */
export interface GatekeeperOptions extends RuntimeOptions, RequestOptions {}

const OVERRIDE_CHECKS: Checks = {
  secret: (value) => {
    const secrets = [value].flat();
    const usable = secrets.length > 0 && secrets.every((secret) => typeof secret === 'string' && secret !== '');
    return usable
      ? undefined
      : 'a non-empty string, or a list of them with the newest first (is an environment variable missing?)';
  },
  allow: callable,
  maxAge: (value) =>
    typeof value === 'number' && value >= 1000 && value <= 400 * 86_400_000
      ? undefined
      : 'milliseconds between a second and 400 days',
};

const CHECKS: Checks = {
  ...RUNTIME_CHECKS,
  userId: callable,
  attributes: callable,
  anonymousId: (value) => (value === false ? undefined : callable(value) && 'false or a function (req) => id'),
  browserOverrides: (value) =>
    value === false || (typeof value === 'object' && value !== null) ? undefined : 'false or { secret, allow, maxAge }',
  ambient: flag,
  activeFlagsHeader: flag,
};

/**
 * Checks everything that `gatekeeper()` is given.
 *
 * @throws GatekeeperError `INVALID_OPTION` naming option, value and fix
 */
export function checkGatekeeperOptions(options: unknown): asserts options is GatekeeperOptions {
  if (typeof options !== 'object' || options === null) {
    throw new GatekeeperError('INVALID_OPTION', `gatekeeper() takes an object of options, not ${shown(options)}.`);
  }
  if ('headers' in options && 'url' in options) {
    throw new GatekeeperError(
      'INVALID_OPTION',
      'gatekeeper() was given a request: it appears you wrote app.use(gatekeeper); write app.use(gatekeeper()).',
    );
  }
  checkOptions(options, CHECKS, 'gatekeeper()');
  const { browserOverrides } = options as GatekeeperOptions;
  if (browserOverrides) {
    // A secret that is there but undefined is an environment variable nobody set: silence would switch signing off.
    if ('secret' in browserOverrides && browserOverrides.secret === undefined) {
      throw new GatekeeperError(
        'INVALID_OPTION',
        'gatekeeper() was given undefined for browserOverrides.secret; set it, or leave it out to use cookie-parser’s secret.',
      );
    }
    checkOptions(browserOverrides, OVERRIDE_CHECKS, 'browserOverrides of gatekeeper()');
  }
}
