import type { Request, Response } from 'express';
import onHeaders from 'on-headers';
import { keepOutOfCaches } from './caching.js';
import type { RequestGatekeeper } from './request-gatekeeper.js';
import type { Services } from './services.js';

/** Long enough for a page's flags, short enough for every proxy. */
const MAX_LENGTH = 4000;

/** Adds `X-Active-Flags` as the headers are written, when all flags that matter to the page have been read. */
export function addActiveFlagsHeader(
  services: Services,
  reader: RequestGatekeeper,
  request: Request,
  response: Response,
): void {
  onHeaders(response, () => {
    const flags = reader.activeFlags();
    if (flags.length > 0 && services.overrides.vouches(request)) {
      response.setHeader('X-Active-Flags', listed(flags));
      // Others are not to see it, and a cache would show them.
      keepOutOfCaches(response);
    }
  });
}

/** Names as they stand, but for what a header cannot carry or would split on. */
function listed(names: readonly string[]): string {
  let text = '';
  for (const name of names) {
    const next = `${text}${text && ', '}${name.replace(/[^\w./:@-]+/g, encodeURIComponent)}`;
    if (next.length > MAX_LENGTH) return `${text}, ...`;
    text = next;
  }
  return text;
}
