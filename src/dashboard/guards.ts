import type { Answer, DashboardRequest, FormHandler, Handler } from './answer.js';
import type { Right } from './authorize.js';
import { browserOf, tokenFits } from './csrf.js';
import { readForm, SMALL } from './form.js';
import { forbidden, foreignForm, notAForm, staleForm, tooLarge, tooMany } from './handlers/problems.js';
import { strangerBy } from './same-origin.js';

/** Lets only those through who have the right. */
export function needs(right: Right, handler: Handler): Handler {
  return needsOneOf([right], handler);
}

/** Lets only those through who have one of the rights. The first is what others are told to ask for. */
export function needsOneOf(oneOf: readonly [Right, ...Right[]], handler: Handler): Handler {
  const { rights = [], ownForm = false } = handler;
  const guarded: Handler = (request) =>
    oneOf.some((right) => request.person.can.has(right)) ? handler(request) : forbidden(oneOf[0]);
  return Object.assign(guarded, { rights: [oneOf, ...rights], ownForm });
}

/**
 * Lets only forms through that one of our own pages sent from this very browser, and not too many of them. There is no other way
 * to a form's fields, so a handler that changes something cannot go without.
 *
 * @param most how many bytes the form may have
 * @param writes whether it may write something: a form that is only shown anew does not count
 */
export function ownForm(handler: FormHandler, most = SMALL, writes = true): Handler {
  const guarded: Handler = async (request: DashboardRequest): Promise<Answer> => {
    const { http, person, writeLimit } = request;
    const stranger = strangerBy(http);
    if (stranger !== undefined) return foreignForm(stranger);
    // Not before: what other sites send is not to use up what this person may.
    const seconds = writes ? writeLimit.wait(person.by, browserOf(http)) : undefined;
    if (seconds !== undefined) return tooMany(seconds);
    const form = await readForm(http, most);
    if (form === 413) return tooLarge();
    if (form === 415) return notAForm();
    if (!tokenFits(http, form.get('token'))) return staleForm();
    return handler({ ...request, form });
  };
  return Object.assign(guarded, { ownForm: true });
}
