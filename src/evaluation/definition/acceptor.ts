import { z } from 'zod';
import { isPlain } from '../json-value.js';
import { NESTING } from './limits.js';

/** Tells at once that a value is good. When it does not, the schema has to say whether it is, and what is wrong. */
export type Acceptor = (value: unknown, depth?: number) => boolean;

type Schema = z.core.$ZodType;

const acceptors = new WeakMap<Schema, Acceptor>();

/**
 * What takes the good values of a schema without building anything. Nearly all definitions are good, and a schema makes a copy
 * of each part, and a list of failures for each branch it tries in vain. It is read off the schema, so that there is one truth;
 * whatever in a schema is not known here is asked of the schema.
 *
 * What is taken needs no other check: it is plain data, not nested too deeply, without a key named `__proto__`.
 */
export function acceptorOf(schema: Schema): Acceptor {
  let acceptor = acceptors.get(schema);
  if (acceptor === undefined) {
    const type = ofType(schema);
    const checks = schema._zod.def.checks?.map(ofCheck) ?? [];
    const parts = [type, ...checks].filter((part) => part !== undefined);
    acceptor = parts.length === checks.length + 1 ? every(parts) : (value) => isTakenAsItIs(value, schema);
    acceptors.set(schema, acceptor);
  }
  return acceptor;
}

/** Whether the schema itself takes a plain value, and leaves it alone. */
function isTakenAsItIs(value: unknown, schema: Schema): boolean {
  if (typeof value === 'object') return false;
  const { success, data } = z.safeParse(schema, value);
  return success && data === value;
}

/** What takes the values of a schema's type; `undefined` when that type is not known here. */
function ofType(schema: Schema): Acceptor | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  // Text and numbers of a special kind, or made of something else.
  if ('format' in def || 'coerce' in def) return undefined;
  switch (def.type) {
    case 'string':
      return (value) => typeof value === 'string';
    case 'number':
      return Number.isFinite;
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'null':
      return (value) => value === null;
    case 'never':
      return () => false;
    case 'enum':
      return among(Object.values(def.entries));
    case 'optional':
      return some([among([undefined]), acceptorOf(def.innerType)]);
    case 'nullable':
      return some([among([null]), acceptorOf(def.innerType)]);
    case 'lazy':
      return later(def.getter);
    case 'union':
      return some(def.options.map(acceptorOf));
    case 'array':
      return list(acceptorOf(def.element));
    case 'tuple':
      return def.rest === null ? tuple(def.items.map(acceptorOf)) : undefined;
    case 'record':
      return record(acceptorOf(def.keyType), acceptorOf(def.valueType));
    case 'object':
      return def.catchall && object(def.shape, acceptorOf(def.catchall));
    default:
      return undefined;
  }
}

/** What one check of a schema takes, once the type is right; `undefined` for a check that is not known here. */
function ofCheck(check: z.core.$ZodCheck): Acceptor | undefined {
  const { def } = (check as z.core.$ZodChecks | z.core.$ZodCustom)._zod;
  switch (def.check) {
    // Text is measured in code points, of which there are at least half as many as units, and at most as many.
    case 'max_length':
      return (value) => lengthOf(value) <= def.maximum;
    case 'min_length':
      return (value) => lengthOf(value) >= (def.minimum > 1 && typeof value === 'string' ? 2 : 1) * def.minimum;
    case 'less_than':
      return (value) => Number(value) < Number(def.value) || (def.inclusive && value === def.value);
    case 'greater_than':
      return (value) => Number(value) > Number(def.value) || (def.inclusive && value === def.value);
    case 'custom':
      return (value) => def.fn(value) === true;
    default:
      return undefined;
  }
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : Number.NaN;
}

function among(values: readonly unknown[]): Acceptor {
  return (value) => values.includes(value);
}

function some(parts: readonly Acceptor[]): Acceptor {
  return (value, depth) => {
    for (const accepts of parts) if (accepts(value, depth)) return true;
    return false;
  };
}

function every(parts: readonly Acceptor[]): Acceptor {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return (value, depth) => {
    for (const accepts of parts) if (!accepts(value, depth)) return false;
    return true;
  };
}

/** Schemas that refer to themselves are read when they are needed. */
function later(schema: () => Schema): Acceptor {
  let acceptor: Acceptor | undefined;
  return (value, depth) => {
    acceptor ??= acceptorOf(schema());
    return acceptor(value, depth);
  };
}

function list(accepts: Acceptor): Acceptor {
  return (value, depth = 0) => {
    if (!Array.isArray(value) || depth > NESTING) return false;
    for (let index = 0; index < value.length; index += 1) if (!accepts(value[index], depth + 1)) return false;
    return true;
  };
}

function tuple(items: readonly Acceptor[]): Acceptor {
  return (value, depth = 0) =>
    Array.isArray(value) &&
    value.length === items.length &&
    depth <= NESTING &&
    items.every((accepts, index) => accepts(value[index], depth + 1));
}

function record(key: Acceptor, member: Acceptor): Acceptor {
  return (value, depth = 0) => {
    if (!isPlain(value) || depth > NESTING) return false;
    for (const name in value) if (name === '__proto__' || !key(name) || !member(value[name], depth + 1)) return false;
    return true;
  };
}

function object(shape: Readonly<Record<string, Schema>>, others: Acceptor): Acceptor {
  const members = new Map(Object.entries(shape).map(([name, schema]) => [name, acceptorOf(schema)]));
  const required = [...members].flatMap(([name, accepts]) => (accepts(undefined) ? [] : [name]));
  return (value, depth = 0) => {
    if (!isPlain(value) || depth > NESTING) return false;
    for (const name in value) {
      if (name === '__proto__' || !(members.get(name) ?? others)(value[name], depth + 1)) return false;
    }
    for (const name of required) if (value[name] === undefined) return false;
    return true;
  };
}
