import type { Answer, DashboardRequest, FormHandler, Handler } from './answer.js';
import type { Right } from './authorize.js';
import { tokenFits } from './csrf.js';
import { readForm } from './form.js';
import { forbidden, foreignForm, notAForm, staleForm, tooLarge } from './handlers/problems.js';
import { strangerBy } from './same-origin.js';

/** Lets only those through who have the right. */
export function needs(right: Right, handler: Handler): Handler {
  return (request) => (request.person.can.has(right) ? handler(request) : forbidden(right));
}

/**
 * Lets only forms through that one of our own pages sent from this very browser. There is no other way to a form's fields, so
 * a handler that changes something cannot go without.
 */
export function ownForm(handler: FormHandler): Handler {
  return async (request: DashboardRequest): Promise<Answer> => {
    const stranger = strangerBy(request.http);
    if (stranger !== undefined) return foreignForm(stranger);
    const form = await readForm(request.http);
    if (form === 413) return tooLarge();
    if (form === 415) return notAForm();
    if (!tokenFits(request.http, form.get('token'))) return staleForm();
    return handler({ ...request, form });
  };
}
