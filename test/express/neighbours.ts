import cookieParser from 'cookie-parser';
import type { RequestHandler } from 'express';
import session from 'express-session';

function aSession(): RequestHandler {
  return session({ secret: 'of the session', resave: false, saveUninitialized: true });
}

/** The middleware that most apps have in front of the gatekeeper, fresh for each app. */
export const NEIGHBOURS: readonly (readonly [which: string, make: () => readonly RequestHandler[]])[] = [
  ['alone', () => []],
  ['after cookie-parser', () => [cookieParser('of the cookies')]],
  ['after express-session', () => [aSession()]],
  ['after cookie-parser and express-session', () => [cookieParser('of the cookies'), aSession()]],
];
