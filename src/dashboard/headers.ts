import type { ServerResponse } from 'node:http';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Not `no-referrer`: under that, browsers send our own forms with `Origin: null`.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** What an app opens to other sites is not opened here: a page carries the token of its forms. */
const NOT_FOR_US = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Content-Security-Policy-Report-Only',
];

/** The headers of every answer, whatever helmet or the app said before. */
export function guardHeaders(res: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
  for (const name of NOT_FOR_US) res.removeHeader(name);
}
