import { createHmac, hkdfSync } from 'node:crypto';
import { type BrowserOverrides, NO_OVERRIDES } from '../../src/overrides/browser-overrides.js';
import { Seal } from '../../src/overrides/seal.js';

export const NOW = Date.UTC(2026, 10, 20);
export const LATER = NOW + 1000;
export const SECRET = 'a secret of the app';
export const PURPOSE = 'gatekeeper/browser-overrides/1';
export const SCOPE = { app: 'shop', environment: 'default' };
export const OVERRIDES: BrowserOverrides = new Map([
  ['MY_NEW_FEATURE', 'VISIBLE'],
  ['checkout/express-pay', 'one_click'],
]);

/** What a valid payload holds. */
export const PAYLOAD = { purpose: PURPOSE, ...SCOPE, expires: LATER, overrides: Object.fromEntries(OVERRIDES) };

export function aSeal(...secrets: readonly string[]): Seal {
  return new Seal(secrets.length === 0 ? [SECRET] : secrets, SCOPE);
}

const seal = aSeal();

/** What the seal makes of a value: the entries, or `undefined` when it is not accepted. */
export function opened(sealed: string, now = NOW): unknown {
  const overrides = seal.open(sealed, now);
  return overrides && [...overrides];
}

export function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

export function hmac(text: string, key: string | Buffer): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Seals any text by hand, as somebody could who knows the secret. */
export function sealedByHand(payload: string): string {
  const key = Buffer.from(hkdfSync('sha256', SECRET, '', PURPOSE, 32));
  const text = base64url(payload);
  return `${text}.${hmac(text, key).toString('base64url')}`;
}

export const SEALED = seal.close(OVERRIDES, LATER);
export const EMPTY = seal.close(NO_OVERRIDES, LATER);
