import type { Request } from 'express';
import { shown } from '../errors.js';

/**
 * Says why a request cannot have come from one of our own pages; `undefined` when it may have. Browsers set both headers
 * themselves and no page can change them. A client that sends neither is left to the token.
 */
export function strangerBy(req: Request): string | undefined {
  const site = req.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return `the browser says it came from elsewhere (Sec-Fetch-Site: ${shown(site)})`;
  }
  const { origin } = req.headers;
  if (origin === undefined) return undefined;
  const host = hostOf(req);
  return isOn(host, origin) ? undefined : `it was sent by ${shown(origin)}, while this app is at ${shown(host)}`;
}

/** The scheme does not count: behind a proxy that ends TLS the app knows only `http`, the browser only `https`. */
function isOn(host: string, origin: string): boolean {
  try {
    const { protocol, host: sender } = new URL(origin);
    // Parsed alike, both lose the scheme's default port and upper case.
    return /^https?:$/.test(protocol) && sender === new URL(`${protocol}//${host}`).host;
  } catch {
    return false;
  }
}

/**
 * The host and port in the browser's address bar. `X-Forwarded-Host` counts only where Express follows it too, that is when
 * `trust proxy` covers the sender: `req.hostname` tells. Express drops the port, which makes another origin; hence the header.
 */
function hostOf(req: Request): string {
  const forwarded = String(req.headers['x-forwarded-host'] ?? '')
    .split(',', 1)[0]
    ?.trim();
  const followed = forwarded && withoutPort(forwarded) === req.hostname;
  return followed ? forwarded : (req.headers.host ?? '');
}

function withoutPort(host: string): string {
  return host.replace(/:\d*$/, '');
}
