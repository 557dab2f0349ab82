import { createHmac, hkdfSync } from 'node:crypto';
import { type BrowserOverrides, MAX_LENGTH, overridesFrom, parseJson } from './browser-overrides.js';
import { sameText } from './same-text.js';

/** Part of every payload, so that no other value an app signs with the same secret can be replayed as overrides. */
const PURPOSE = 'gatekeeper/browser-overrides/1';

/** Whose overrides they are: a value sealed for one app or environment is nothing in another. */
export interface Scope {
  readonly app: string;
  readonly environment: string;
}

/**
 * Signs overrides so that a browser can keep but not make them: `payload.signature`, both base64url, the signature
 * HMAC-SHA256 (RFC 2104) under a key derived with HKDF (RFC 5869), so that the app's secret itself never signs anything here.
 */
export class Seal {
  readonly #keys: readonly Buffer[];
  readonly #scope: Scope;

  /** @param secrets any of them verifies, the first signs: put a new secret in front to rotate */
  constructor(secrets: readonly string[], scope: Scope) {
    this.#keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', PURPOSE, 32)));
    this.#scope = scope;
  }

  /** @param expires milliseconds since the epoch */
  close(overrides: BrowserOverrides, expires: number): string {
    const { app, environment } = this.#scope;
    const payload = { purpose: PURPOSE, app, environment, expires, overrides: Object.fromEntries(overrides) };
    const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
    const [key] = this.#keys;
    if (key === undefined) throw new RangeError('a seal needs a secret');
    return `${text}.${sign(text, key)}`;
  }

  /** What was sealed; `undefined` when it is forged, foreign, expired or anything else but ours. Never throws. */
  open(sealed: string, now: number): BrowserOverrides | undefined {
    if (sealed.length > MAX_LENGTH) return undefined;
    const dot = sealed.indexOf('.');
    if (dot < 1 || dot !== sealed.lastIndexOf('.')) return undefined;
    const text = sealed.slice(0, dot);
    const signature = sealed.slice(dot + 1);
    if (!this.#keys.some((key) => sameText(signature, sign(text, key)))) return undefined;
    return this.#read(parseJson(Buffer.from(text, 'base64url').toString()), now);
  }

  #read(payload: unknown, now: number): BrowserOverrides | undefined {
    if (typeof payload !== 'object' || payload === null) return undefined;
    const { purpose, app, environment, expires, overrides } = payload as Readonly<Record<string, unknown>>;
    const ours = purpose === PURPOSE && app === this.#scope.app && environment === this.#scope.environment;
    return ours && typeof expires === 'number' && now < expires ? overridesFrom(overrides) : undefined;
  }
}

function sign(text: string, key: Buffer): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}
