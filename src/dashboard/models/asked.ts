import { attributeAt, attributePath } from '../../evaluation/attributes.js';
import type { Attributes } from '../../evaluation/context.js';
import type { KnownContext } from '../../evaluation/snapshot.js';

/** Somebody of whom is kept in mind what was asked in vain. */
export interface AskedContext {
  readonly context: KnownContext;
  /** What was asked about them so far and is not known: ids first, then attributes by name. */
  missing(): readonly string[];
}

export function asked(known: KnownContext): AskedContext {
  const ids = new Set<string>();
  const attributes = new Set<string>();
  const idOr = (name: string, id: string | undefined): string | undefined => {
    if (id === undefined) ids.add(name);
    return id;
  };
  return {
    context: {
      userId: known.userId,
      get anonymousId() {
        return idOr('Anonymous id', known.anonymousId);
      },
      get sessionId() {
        return idOr('Session id', known.sessionId);
      },
      attributes: watched(known.attributes, (name) => attributes.add(name)),
    },
    missing: () => [...ids, ...missingOf(known.attributes, [...attributes])],
  };
}

function watched(attributes: Attributes, inVain: (name: string) => void): Attributes {
  return new Proxy(attributes, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (value === undefined && typeof name === 'string') inVain(name);
      return value;
    },
  });
}

/** Who looks for `user.plan` asks for that as one name first, then for `user`: only the path as a whole is told. */
function missingOf(attributes: Attributes, inVain: readonly string[]): string[] {
  return inVain
    .filter((name) => attributeAt(attributes, attributePath(name)) === undefined)
    .filter((name) => !inVain.some((other) => other.startsWith(`${name}.`)))
    .sort();
}
