import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse, type SerializeOptions, serialize } from 'cookie';

/** Whether a request may bring a cookie of this name: quick, and now and then true for another whose name ends so. */
export function hasCookie(request: IncomingMessage, name: string): boolean {
  // By reflection: each request of Express, and its headers, have a shape of their own, which defeats the engine's inline caches.
  const header: unknown = Reflect.get(Reflect.get(request, 'headers'), 'cookie');
  return typeof header === 'string' && header.includes(`${name}=`);
}

/** The value of one cookie of the request, `undefined` when it is not there or not decodable. */
export function readCookie(request: IncomingMessage, name: string): string | undefined {
  const header = request.headers.cookie;
  if (header === undefined || !header.includes(`${name}=`)) return undefined;
  // Only the one that is asked for is decoded: undecodable values are slow, and a visitor can send thousands.
  const encoded = parse(header, { decode: (value) => value })[name];
  if (encoded === undefined || !encoded.includes('%')) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

/** Sets a cookie, replacing one of the same name that this response was already going to set. */
export function setCookie(response: ServerResponse, name: string, value: string, options: SerializeOptions): void {
  const header = response.getHeader('Set-Cookie') ?? [];
  const others = (Array.isArray(header) ? header : [String(header)]).filter((line) => !line.startsWith(`${name}=`));
  response.setHeader('Set-Cookie', [...others, serialize(name, value, options)]);
}
