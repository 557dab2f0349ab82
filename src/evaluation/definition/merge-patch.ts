import { isPlain } from '../json-value.js';

/**
 * What `target` becomes by a JSON Merge Patch: members of a map are replaced one by one, `null` takes a member away, everything
 * else is replaced whole. Neither is changed.
 *
 * Source: RFC 7396, section 2.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isPlain(patch)) return patch;
  const merged = new Map(isPlain(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    // What is not given is not meant: JSON has no `undefined`.
    if (value === undefined) continue;
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}
