import type { Attributes } from './context.js';

/** `user.plan` → the keys to follow, split once. */
export function attributePath(path: string): readonly string[] {
  return path.includes('.') ? [path, ...path.split('.')] : [path];
}

/**
 * The attribute at a path: under the whole path as one key, else by its parts, from object to object. What objects inherit
 * from `Object` itself, and functions, are no attributes.
 */
export function attributeAt(attributes: Attributes, path: readonly string[]): unknown {
  const whole = member(attributes, path[0] ?? '');
  if (whole !== undefined || path.length === 1) return whole;
  let value: unknown = attributes;
  for (let index = 1; index < path.length; index += 1) value = member(value, path[index] ?? '');
  return value;
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Object.hasOwn(value, key) && key in Object.prototype) return undefined;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'function' ? undefined : found;
}
