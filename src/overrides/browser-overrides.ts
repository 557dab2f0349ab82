/** Flag → the variant that one browser is pinned to. As the browser sent it: names are not checked against any flag. */
export type BrowserOverrides = ReadonlyMap<string, string>;

export const NO_OVERRIDES: BrowserOverrides = new Map();

/** Browsers keep at most about 4,096 bytes in a cookie; anything longer was not written by us. */
export const MAX_LENGTH = 4000;

/** Reads overrides from a parsed value; entries that are not text are dropped, `undefined` when it is no map at all. */
export function overridesFrom(value: unknown): BrowserOverrides | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
  );
}

/** Reads overrides from JSON that a person may have typed; `undefined` when it is anything else. */
export function parseOverrides(json: string): BrowserOverrides | undefined {
  if (json.length > MAX_LENGTH) return undefined;
  return overridesFrom(parseJson(json));
}

/** Parses JSON; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
