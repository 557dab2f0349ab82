/** The stable codes of {@link GatekeeperError}. */
export type GatekeeperErrorCode =
  | 'INVALID_OPTION'
  | 'INVALID_FLAG'
  | 'INVALID_DEFINITION'
  | 'INVALID_FILE'
  | 'UNKNOWN_NAME'
  | 'CONFLICT'
  | 'READ_ONLY'
  | 'STORE_FAILED'
  | 'STORE_TOO_NEW'
  | 'CLIENT_MISSING'
  | 'MIDDLEWARE_MISSING'
  | 'HEADERS_SENT';

/**
 * Every error this library throws on purpose. `code` is stable and meant for programs; the message is meant for people
 * and names the value, the place and the fix.
 */
export class GatekeeperError extends Error {
  override readonly name = 'GatekeeperError';
  readonly code: GatekeeperErrorCode;

  constructor(code: GatekeeperErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A value as it should stand in a message: quoted, on one line, never longer than a person reads. Never throws. */
export function shown(value: unknown): string {
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'number' || value === undefined) {
    return String(value);
  }
  const text = onOneLine(safeJson(value));
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** The message of whatever was thrown: user code may throw anything. Never throws. */
export function messageOf(thrown: unknown): string {
  try {
    if (thrown instanceof Error && typeof thrown.message === 'string') return thrown.message;
  } catch {
    // Even looking at it throws.
  }
  return shown(thrown);
}

/** Text for a log: nothing in it breaks the line or speaks to a terminal. */
export function onOneLine(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? Object.prototype.toString.call(value);
  } catch {
    return typeOf(value);
  }
}

function typeOf(value: unknown): string {
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return 'something unreadable';
  }
}
