import type { ServerResponse } from 'node:http';

const guarded = new WeakSet<ServerResponse>();

/**
 * Keeps an answer that is meant for one browser out of every cache. Whatever the app, or middleware in front of us, says about
 * caching from now on, it says for the page that everyone else gets; so this response no longer takes it.
 */
export function keepOutOfCaches(response: ServerResponse): void {
  if (response.headersSent || guarded.has(response)) return;
  guarded.add(response);
  response.setHeader('Cache-Control', 'private, no-store');
  const { setHeader, appendHeader, removeHeader } = response;
  response.setHeader = (name, value) => (isCacheControl(name) ? response : setHeader.call(response, name, value));
  response.appendHeader = (name, value) => (isCacheControl(name) ? response : appendHeader.call(response, name, value));
  response.removeHeader = (name) => {
    if (!isCacheControl(name)) removeHeader.call(response, name);
  };
}

function isCacheControl(name: string): boolean {
  return name.toLowerCase() === 'cache-control';
}
