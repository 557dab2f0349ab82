import type { Administration } from '../../runtime/administration.js';
import type { Revision } from '../../stores/store.js';
import type { Redirect } from '../answer.js';

/** The environment that somebody asked for. */
interface Chosen {
  readonly environment: string;
  readonly known: readonly string[];
  readonly unknown: boolean;
}

export async function chosenEnvironment(administration: Administration, fields: URLSearchParams): Promise<Chosen> {
  const known = await administration.environments();
  const environment = fields.get('environment') || administration.environment;
  return { environment, known, unknown: !known.includes(environment) };
}

/** `''` for the app's own environment, which need not be named. */
export function otherEnvironment(administration: Administration, environment: string): string {
  return environment === administration.environment ? '' : environment;
}

/** To the history of an environment, with a note on the change that was just made; without one, nothing had to be done. */
export function toHistory(administration: Administration, environment: string, made?: Revision): Redirect {
  const other = otherEnvironment(administration, environment);
  const query = new URLSearchParams({ ...(other && { environment: other }), ...(made && { made: String(made) }) });
  return { redirect: `history?${query}` };
}

export function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
