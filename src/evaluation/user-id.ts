/** The id of a user as the app keeps it. `0` is a valid id; `1` and `'1'` name the same user. */
export type UserId = string | number;

/** Whether a number lost digits on its way here: beyond 2⁵³ neighbours read as the same. */
export function isRounded(id: unknown): boolean {
  return typeof id === 'number' && Number.isInteger(id) && !Number.isSafeInteger(id);
}

/** Whether `id` names somebody: not `null`, `undefined`, `''`, `NaN` or an object. */
export function isUserId(id: unknown): boolean {
  if (typeof id === 'string') return id !== '';
  return typeof id === 'number' ? !Number.isNaN(id) : typeof id === 'bigint';
}

/** The one string under which a user is known to lists, overrides and buckets; `undefined` when `id` names nobody. */
export function userKey(id: unknown): string | undefined {
  return isUserId(id) ? String(id) : undefined;
}
