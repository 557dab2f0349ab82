/** The stable codes of {@link GatekeeperError}. */
export type GatekeeperErrorCode =
  | 'INVALID_OPTION'
  | 'INVALID_FLAG'
  | 'INVALID_DEFINITION'
  | 'INVALID_FILE'
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

/** A value as it should stand in a message: quoted, on one line, never longer than a person reads. */
export function shown(value: unknown): string {
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (typeof value === 'bigint' || typeof value === 'symbol' || value === undefined) return String(value);
  if (typeof value === 'number') return String(value);
  const text = safeJson(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** The message of whatever was thrown: user code may throw anything. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : shown(thrown);
}
