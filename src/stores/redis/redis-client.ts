import { clientModule } from '../client.js';

/** What the store needs of a client of the package `redis`; that of any version since 4.7 fits. */
export interface RedisClient {
  readonly isOpen: boolean;
  readonly isReady: boolean;
  readonly options?: { readonly url?: unknown; readonly socket?: object | undefined } | undefined;
  connect(): Promise<unknown>;
  duplicate(overrides?: object): RedisClient;
  sendCommand(args: string[], options?: object): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  on(event: string, listener: (...details: unknown[]) => void): unknown;
  unref?(): void;
  /** Since version 5. */
  destroy?(): void;
  /** Until version 5. */
  disconnect?(): Promise<unknown>;
}

/** Makes clients that are not connected yet. */
export type ClientMaker = () => RedisClient;

/**
 * What every connection of a store's own has in common. Connections that are lost are made anew by the store: the client would go on
 * waiting to reconnect, and hold the process, after it was closed.
 */
function settings(timeout: number, socket: object = {}): object {
  return { disableOfflineQueue: true, socket: { ...socket, connectTimeout: timeout, reconnectStrategy: false } };
}

/** @throws GatekeeperError `CLIENT_MISSING` */
export function clientsOf(url: string, timeout: number): ClientMaker {
  const { createClient } = clientModule('redis', 'The Redis store') as { createClient(options: object): RedisClient };
  return () => tamed(createClient({ url, ...settings(timeout) }));
}

/** Clients that connect as this one does. */
export function clientsLike(client: RedisClient, timeout: number): ClientMaker {
  return () => tamed(client.duplicate(settings(timeout, client.options?.socket)));
}

/** Closes a connection, whatever state it is in. */
export function end(client: RedisClient): void {
  try {
    if (client.destroy !== undefined) client.destroy();
    else client.disconnect?.().catch(ignore);
  } catch {
    // It was closed already.
  }
}

const TAMED = new WeakSet<RedisClient>();

/** Not to be the reason for a crash: an `error` event that nobody listens to is one. */
export function tamed(client: RedisClient): RedisClient {
  // The app may hand the same client to many stores.
  if (!TAMED.has(client)) client.on('error', ignore);
  TAMED.add(client);
  return client;
}

export function ignore(): void {
  // What failed is told by the call that needed it.
}
