import type { Attributes } from './context.js';

/** One step into an object. */
interface Step {
  readonly key: string;
  /** Whether every object has such a member by birth, so that only its own counts. */
  readonly inherited: boolean;
}

/** Where an attribute stands, made ready once. */
export interface AttributePath {
  /** The path taken as one key. */
  readonly whole: Step;
  /** The keys to follow from object to object, when there is more than one. */
  readonly steps: readonly Step[];
}

/** `user.plan` → the keys to follow. */
export function attributePath(path: string): AttributePath {
  const steps = path.includes('.') ? path.split('.').map(stepTo) : [];
  return { whole: stepTo(path), steps };
}

function stepTo(key: string): Step {
  return { key, inherited: key in Object.prototype };
}

/**
 * The attribute at a path: under the whole path as one key, else by its parts, from object to object. What objects inherit
 * from `Object` itself, and functions, are no attributes.
 */
export function attributeAt(attributes: Attributes, { whole, steps }: AttributePath): unknown {
  const found = member(attributes, whole);
  if (found !== undefined || steps.length === 0) return found;
  let value: unknown = attributes;
  for (const step of steps) value = member(value, step);
  return value;
}

function member(value: unknown, { key, inherited }: Step): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (inherited && !Object.hasOwn(value, key)) return undefined;
  const found = (value as Readonly<Record<string, unknown>>)[key];
  return typeof found === 'function' ? undefined : found;
}
