import type { Request, Response } from 'express';
import { messageOf, shown } from '../errors.js';
import { abandon, isThenable } from '../evaluation/thenable.js';
import { type BrowserOverrides, MAX_LENGTH, NO_OVERRIDES, parseOverrides } from '../overrides/browser-overrides.js';
import { Seal } from '../overrides/seal.js';
import type { Runtime } from '../runtime/runtime.js';
import { keepOutOfCaches } from './caching.js';
import { hasCookie, readCookie, setCookie } from './cookies.js';
import { isTrueLocalRequest } from './local-request.js';
import type { BrowserOverridesOptions } from './options.js';

const COOKIE = 'gatekeeper';
const FOURTEEN_DAYS = 14 * 86_400_000;

/** Who may use browser overrides, and how they come and go with a request. Made once per `gatekeeper()`. */
export class OverridePolicy {
  readonly #runtime: Runtime;
  readonly #off: boolean;
  readonly #allow: BrowserOverridesOptions['allow'];
  readonly #maxAge: number;
  readonly #seals = new Map<string, Seal>();
  readonly #seal: Seal | undefined;

  constructor(runtime: Runtime, options: BrowserOverridesOptions | false = {}) {
    this.#runtime = runtime;
    const { secret, allow, maxAge = FOURTEEN_DAYS } = options || {};
    this.#off = options === false;
    this.#allow = allow;
    this.#maxAge = maxAge;
    this.#seal = secret === undefined ? undefined : new Seal([secret].flat(), this.#scope);
  }

  /** Whether a request brings what may be overrides: all that most requests are ever asked. */
  mayApply(request: Request): boolean {
    return !this.#off && hasCookie(request, COOKIE);
  }

  /** Whether this request may use and set overrides. */
  admits(request: Request): boolean {
    if (this.#off) return false;
    if (this.#sealFor(request) === undefined && !this.#admitsUnsigned(request)) return false;
    return this.#allow === undefined || this.#allows(request, this.#allow);
  }

  /** Whether somebody vouched for this request: `allow`, the holder of a valid signature, or a developer at this machine. */
  vouches(request: Request): boolean {
    if (!this.admits(request)) return false;
    return this.#allow !== undefined || this.#sealFor(request) === undefined || this.read(request).size > 0;
  }

  /** What this request's cookie says, if it may say anything. Whatever is wrong with the cookie means "nothing". */
  read(request: Request): BrowserOverrides {
    if (this.#off) return NO_OVERRIDES;
    const text = readCookie(request, COOKIE);
    if (text === undefined || text === '') return NO_OVERRIDES;
    const seal = this.#sealFor(request);
    const overrides = seal === undefined ? parseOverrides(text) : seal.open(text, this.#runtime.clock());
    return overrides !== undefined && overrides.size > 0 && this.admits(request) ? overrides : NO_OVERRIDES;
  }

  /** Makes these the browser's overrides from the next request on; false when they are more than a cookie holds. */
  write(request: Request, response: Response, overrides: BrowserOverrides): boolean {
    const value = overrides.size === 0 ? '' : this.#encoded(request, overrides);
    if (encodeURIComponent(value).length > MAX_LENGTH) {
      this.#runtime.logger.warn(
        `${overrides.size} browser overrides are more than a cookie holds (${MAX_LENGTH} bytes); clear some first.`,
      );
      return false;
    }
    setCookie(response, COOKIE, value, {
      httpOnly: true,
      sameSite: 'lax',
      secure: request.secure,
      path: '/',
      maxAge: value === '' ? 0 : Math.floor(this.#maxAge / 1000),
    });
    // A cache would hand this cookie to everybody.
    keepOutOfCaches(response);
    return true;
  }

  #encoded(request: Request, overrides: BrowserOverrides): string {
    const seal = this.#sealFor(request);
    if (seal === undefined) return JSON.stringify(Object.fromEntries(overrides));
    return seal.close(overrides, this.#runtime.clock() + this.#maxAge);
  }

  get #scope(): { app: string; environment: string } {
    return { app: this.#runtime.appName, environment: this.#runtime.environment };
  }

  #sealFor(request: Request): Seal | undefined {
    if (this.#seal !== undefined) return this.#seal;
    // Set by cookie-parser, which the app may run before or after us.
    const { secret } = request as { readonly secret?: unknown };
    if (typeof secret !== 'string' || secret === '') return undefined;
    let seal = this.#seals.get(secret);
    if (seal === undefined) {
      seal = new Seal([secret], this.#scope);
      // An app has one secret, or a few while it rotates; a secret per request would be a mistake, not a leak.
      if (this.#seals.size < 10) this.#seals.set(secret, seal);
    }
    return seal;
  }

  #admitsUnsigned(request: Request): boolean {
    if (this.#runtime.development) return isTrueLocalRequest(request);
    this.#runtime.logger.once(
      'warn',
      'overrides without secret',
      'Browser overrides are off in production, because there is no secret to sign them with. Set browserOverrides.secret, or give cookie-parser one.',
    );
    return false;
  }

  #allows(request: Request, allow: (request: Request) => unknown): boolean {
    try {
      const answer = allow(request);
      if (typeof answer !== 'boolean') {
        if (isThenable(answer)) abandon(answer);
        this.#runtime.logger.once(
          'warn',
          'allow',
          `browserOverrides.allow returned ${isThenable(answer) ? 'a promise' : shown(answer)}; only true, returned synchronously, admits.`,
        );
      }
      return answer === true;
    } catch (error) {
      this.#runtime.logger.once(
        'error',
        'allow threw',
        `browserOverrides.allow threw: ${messageOf(error)}; nobody is admitted.`,
      );
      return false;
    }
  }
}
