import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/**
 * Whether a request comes from a program on this very machine, asking for this very machine: a loopback socket, a loopback
 * `Host` (a name rebound to 127.0.0.1 is somebody else's page), and no sign of a proxy in between. Only such a request is
 * trusted without a secret, and only in development.
 */
export function isTrueLocalRequest(request: IncomingMessage): boolean {
  const { headers, socket } = request;
  return (
    isLoopbackAddress(socket.remoteAddress) &&
    isLoopbackHost(headers.host) &&
    !viaProxy(headers) &&
    // A browser speaks HTTP/1.1 or later; some proxies forward as 1.0 and leave no other trace.
    request.httpVersion !== '1.0' &&
    (headers.origin === undefined || isLoopbackOrigin(headers.origin))
  );
}

function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && (address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address));
}

function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(:\d{1,5})?$/i.test(host);
}

function isLoopbackOrigin(origin: string): boolean {
  return isLoopbackHost(/^https?:\/\/(.*)$/i.exec(origin)?.[1]);
}

/** What proxies and tunnels add, the standard ones and those in wide use. */
const PROXY_HEADER =
  /^(forwarded|via|x-forwarded(-.+)?|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.+|x-envoy-.+|cf-.+|cdn-loop|true-client-ip|fastly-.+)$/;

function viaProxy(headers: IncomingHttpHeaders): boolean {
  return Object.keys(headers).some((name) => PROXY_HEADER.test(name));
}
