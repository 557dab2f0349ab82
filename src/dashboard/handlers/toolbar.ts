import type { Answer, DashboardRequest } from '../answer.js';
import { strangerBy } from '../same-origin.js';
import { foreignForm } from './problems.js';

/**
 * `GET /toolbar`: what the toolbar in the app's own pages asks for before it sends our forms. Only for scripts of this site; a
 * page of another one could not read the answer either.
 */
export function openToolbar({ gk, http }: DashboardRequest): Answer {
  const stranger = strangerBy(http);
  if (stranger !== undefined) return foreignForm(stranger);
  return { data: (token) => ({ token: token(), mayOverride: gk.mayOverride() }) };
}
