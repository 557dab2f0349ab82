import { createHash } from 'node:crypto';
import type { KnownContext } from '../../evaluation/snapshot.js';
import { userKey } from '../../evaluation/user-id.js';
import { shortened } from './bucket.js';

/** Somebody by name, as pages show them. */
export interface Who {
  /** `visitor`: known by an anonymous id only. `somebody`: known by attributes at most. */
  readonly kind: 'user' | 'visitor' | 'somebody';
  /** The user id, or the beginning of the anonymous one; `''` for somebody. */
  readonly name: string;
  /** The query of the page about them. */
  readonly query: string;
}

export function whoOf(context: KnownContext): Who {
  const user = userKey(context.userId);
  if (user !== undefined) return { kind: 'user', name: user, query: new URLSearchParams({ user }).toString() };
  const query = new URLSearchParams({ visitor: handleOf(context) }).toString();
  const { anonymousId } = context;
  if (anonymousId === undefined) return { kind: 'somebody', name: '', query };
  return { kind: 'visitor', name: shortened(anonymousId), query };
}

/**
 * What stands for a visitor in addresses, which end up in logs and histories: whoever holds the anonymous id itself is taken
 * for its owner.
 */
export function handleOf({ anonymousId, attributes }: KnownContext): string {
  const id = anonymousId === undefined ? `attributes\0${JSON.stringify(attributes)}` : `visitor\0${anonymousId}`;
  return createHash('sha256').update(id).digest('base64url').slice(0, 16);
}
