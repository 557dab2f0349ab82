import { GatekeeperError, messageOf, onOneLine } from '../../errors.js';

/** What helps, by Postgres's code or the system's. */
const FIXES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Does it run there, and is the port the right one?',
  ENOTFOUND: 'Is the host the right one?',
  '28P01': 'Correct the user or the password.',
  '28000': 'Correct the user, or let it in (pg_hba.conf).',
  '3D000': 'Create the database, or correct its name.',
  '42501':
    'Its role needs USAGE on the schema and SELECT, INSERT and UPDATE on the tables; CREATE on the schema too, when it is to make them.',
  '53100': 'Make room on its disk.',
  '53300': 'Let it have more connections, or the app fewer.',
};

const TABLE_MISSING = '42P01';
const READ_ONLY = '25006';
/** Classes of what befalls any statement alike: connection, resources, an operator's hand. */
const OUTAGES = /^(?:08|53|57|58)/;

/** A failure as the store tells of it; what is told already stays as it is. */
export function failure(name: string, what: string, error: unknown): GatekeeperError {
  if (error instanceof GatekeeperError) return error;
  const code = codeOf(error);
  const fix = FIXES[code] ?? '';
  return new GatekeeperError(
    code === READ_ONLY ? 'READ_ONLY' : 'STORE_FAILED',
    `${name}: ${what}: ${onOneLine(causeOf(error))}. ${fix}`.trimEnd(),
    { cause: error },
  );
}

/** Whether whatever is asked next would fail the same way. */
export function isOutage(error: unknown): boolean {
  if (error instanceof GatekeeperError) return false;
  // Only what the server itself says has a severity.
  const said = error instanceof Error && 'severity' in error;
  return !said || OUTAGES.test(codeOf(error));
}

/** Whether somebody took the tables away. */
export function isTableMissing(error: unknown): boolean {
  return codeOf(error) === TABLE_MISSING;
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** A host with several addresses fails with an error for each, and no message of its own. */
function causeOf(error: unknown): string {
  if (!(error instanceof AggregateError)) return messageOf(error);
  return error.message || error.errors.map(messageOf).join(', ');
}
