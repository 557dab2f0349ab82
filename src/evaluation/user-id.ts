/** The id of a user as the app keeps it. `0` is a valid id; `1` and `'1'` name the same user. */
export type UserId = string | number;

/** Whether a number lost digits on its way here: beyond 2⁵³ neighbours read as the same. */
export function isRounded(id: unknown): boolean {
  return typeof id === 'number' && Number.isInteger(id) && !Number.isSafeInteger(id);
}

/**
 * The one string under which a user is known to lists, overrides and buckets; `undefined` when `id` names nobody
 * (`null`, `undefined`, `''`, `NaN`, objects).
 */
export function userKey(id: unknown): string | undefined {
  if (typeof id === 'string') return id === '' ? undefined : id;
  if (typeof id === 'number') return Number.isNaN(id) ? undefined : String(id);
  return typeof id === 'bigint' ? String(id) : undefined;
}
