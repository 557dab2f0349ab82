import type { ServerResponse } from 'node:http';

const guarded = new WeakSet<ServerResponse>();

/** What tells caches to keep an answer: for all, or for one kind of them (RFC 9213, and what came before it). */
const CACHE_HEADER = /^(.+-)?cache-control$|^surrogate-control$|^x-accel-expires$|^expires$/i;

/**
 * Keeps an answer that is meant for one browser out of every cache. Whatever the app, or middleware in front of us, says about
 * caching from now on, it says for the page that everyone else gets; so this response no longer takes it.
 */
export function keepOutOfCaches(response: ServerResponse): void {
  if (response.headersSent || guarded.has(response)) return;
  guarded.add(response);
  for (const name of response.getHeaderNames()) if (CACHE_HEADER.test(name)) response.removeHeader(name);
  response.setHeader('Cache-Control', 'private, no-store');
  const { setHeader, appendHeader, removeHeader } = response;
  response.setHeader = (name, value) => (CACHE_HEADER.test(name) ? response : setHeader.call(response, name, value));
  response.appendHeader = (name, value) =>
    CACHE_HEADER.test(name) ? response : appendHeader.call(response, name, value);
  response.removeHeader = (name) => {
    if (!CACHE_HEADER.test(name)) removeHeader.call(response, name);
  };
}
