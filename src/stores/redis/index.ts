import { type RedisStoreOptions, settingsOf } from './options.js';
import { RedisStore } from './redis-store.js';

export type { RedisStoreOptions } from './options.js';
export type { RedisClient } from './redis-client.js';
export type { RedisStore } from './redis-store.js';

/**
 * Flags in Redis 6 or later, or Valkey, by the package `redis`: changed at once in every process, told by pub/sub. It connects when it
 * is first asked, and again whenever the connection was lost.
 *
 * **How durable a change is, is Redis' own setting.** A change that was acknowledged outlasts this process. It outlasts Redis itself
 * - with `appendonly yes` and `appendfsync always` in every case: it was written to disk before it was acknowledged;
 * - with `appendfsync everysec` except for those of the last second;
 * - with snapshots alone (the default of Redis) except for those since the last snapshot;
 * - without any of them not at all.
 * A failover to a replica may lose what the replica had not been sent. Flags need little room: give them an instance whose
 * `maxmemory-policy` is `noeviction`, so that no cache pushes them out.
 *
 * @example
 * ```ts
 * const gk = gatekeeper({ flags, store: redisStore('redis://localhost:6379') });
 *
 * const client = await createClient({ url }).on('error', report).connect();
 * const other = gatekeeper({ flags, store: redisStore({ client, prefix: 'shop-flags' }) });
 * ```
 *
 * @throws GatekeeperError `INVALID_OPTION`, or `CLIENT_MISSING` when the package `redis` is not installed
 */
export function redisStore(options: string | RedisStoreOptions): RedisStore {
  return new RedisStore(settingsOf(options));
}
