import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { keepOutOfCaches } from './caching.js';
import { readCookie, setCookie } from './cookies.js';

const COOKIE = 'gatekeeper_id';
/** The longest that browsers keep a cookie. */
const MAX_AGE_SECONDS = 400 * 86_400;

/** 16 bytes in base64url: the last character carries two bits only. */
const OURS = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/**
 * The id in the visitor's cookie; a new one where there is none of ours. It is good for bucketing only: whoever makes one up
 * gets another bucket, and nothing of any user.
 */
export function anonymousIdOf(request: Request, response: Response): string {
  const known = readCookie(request, COOKIE);
  if (known !== undefined && OURS.test(known)) return known;
  const id = randomBytes(16).toString('base64url');
  if (!response.headersSent) {
    setCookie(response, COOKIE, id, {
      httpOnly: true,
      sameSite: 'lax',
      secure: request.secure,
      path: '/',
      maxAge: MAX_AGE_SECONDS,
    });
    // A page kept by a shared cache would hand this one id to everybody.
    keepOutOfCaches(response);
  }
  return id;
}
