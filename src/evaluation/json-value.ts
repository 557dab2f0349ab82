/** JSON that people and programs write is far flatter. */
const MAX_DEPTH = 50;

/**
 * A copy of JSON that nobody can change: a value handed to one request must not be altered for the next.
 *
 * @throws RangeError when it contains itself
 */
export function frozenCopy(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new RangeError(`it is nested deeper than ${MAX_DEPTH} levels, or in itself`);
  if (Array.isArray(value)) return Object.freeze(value.map((inner) => frozenCopy(inner, depth + 1)));
  if (!isPlain(value)) return value;
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, frozenCopy(inner, depth + 1)])),
  );
}

/**
 * A map as JSON has it, from whichever realm: no list, and no instance of a class. A set or a date, which YAML can make, would
 * read as an empty map, and so as a flag that is on for everyone.
 */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}
