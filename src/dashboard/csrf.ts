import { createHmac, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Request } from 'express';
import { readCookie, setCookie } from '../express/cookies.js';
import { sameText } from '../overrides/same-text.js';

const COOKIE = 'gatekeeper_csrf';
const COOKIE_SHAPE = /^[\w-]{43}$/;

// Each page gets a token of its own (the nonce), so that compressed pages give nothing away by their length.
const NONCE_BYTES = 12;

/**
 * Issues the token of one answer. The first call gives the browser the cookie if it has none; an answer without a form never
 * calls, and sets no cookie.
 *
 * No key but the cookie's own random value: any process behind a balancer can check what any other issued. The cookie has no
 * `Path`: the browser then keeps it to the folder that the page was in, which is the mount path as the browser knows it.
 */
export function tokenIssuer(req: Request, res: ServerResponse): () => string {
  let secret: string | undefined;
  return () => {
    secret ??= secretOf(req) ?? giveSecret(req, res);
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    return `${nonce}.${sign(secret, nonce)}`;
  };
}

/** True when `token` was issued to the browser that sent this request. */
export function tokenFits(req: Request, token: string | null): boolean {
  const secret = secretOf(req);
  const [nonce, signature] = token?.split('.', 2) ?? [];
  if (secret === undefined || !nonce || !signature) return false;
  return sameText(signature, sign(secret, nonce));
}

/** Which browser sent this request, by the cookie it was given; `''` for one without. */
export function browserOf(req: Request): string {
  return secretOf(req) ?? '';
}

function secretOf(req: Request): string | undefined {
  const value = readCookie(req, COOKIE);
  return value !== undefined && COOKIE_SHAPE.test(value) ? value : undefined;
}

function giveSecret(req: Request, res: ServerResponse): string {
  const secret = randomBytes(32).toString('base64url');
  setCookie(res, COOKIE, secret, { httpOnly: true, sameSite: 'strict', secure: req.secure });
  return secret;
}

function sign(secret: string, nonce: string): string {
  return createHmac('sha256', secret).update(`gatekeeper dashboard form 1\0${nonce}`).digest('base64url');
}
