import type { ServerResponse } from 'node:http';
import onHeaders from 'on-headers';

const guarded = new WeakSet<ServerResponse>();

/**
 * Keeps an answer that is meant for one browser out of every cache, as the headers are written: whatever the app says
 * about caching before or after, says it for the page everyone else gets.
 */
export function keepOutOfCaches(response: ServerResponse): void {
  if (response.headersSent || guarded.has(response)) return;
  guarded.add(response);
  onHeaders(response, () => {
    response.setHeader('Cache-Control', 'private, no-store');
  });
}
