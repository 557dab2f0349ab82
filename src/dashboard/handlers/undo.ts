import type { Administration } from '../../runtime/administration.js';
import { changesOf, realChange } from '../../runtime/content.js';
import { type TakenBack, takingBack, undoing } from '../../runtime/undoing.js';
import type { AuditEntry } from '../../stores/audit.js';
import type { StoreContent } from '../../stores/store.js';
import type { DashboardRequest, FormRequest, Page } from '../answer.js';
import { entryRow } from '../models/history.js';
import { type Planned, plannedChange } from '../models/planned.js';
import { leftoversOf } from '../models/undo.js';
import { commentProblem } from './comment.js';
import { chosenEnvironment, otherEnvironment, toHistory, wholeNumber } from './environment.js';
import { forbidden, incomplete, noEnvironment, noRevision } from './problems.js';
import { CHANGED, noComment, type Refusal, refusalOf } from './refusal.js';
import { stored } from './stored.js';

/** `GET /undo?revision=…`: what taking a change back would do. What was changed later is left alone, unless `later` is asked for. */
export const offerUndo = stored(async (request: DashboardRequest, administration) => {
  const asked = await askedUndo(request, administration, request.query);
  return 'view' in asked ? asked : undoPage(request, administration, asked);
});

/** `POST /undo`: takes a change back, by a new one: just as it was shown, or not at all. */
export const undo = stored(async (request: FormRequest, administration) => {
  const { form, person } = request;
  const asked = await askedUndo(request, administration, form);
  if ('view' in asked) return asked;
  const { environment, entry, later, planned } = asked;
  if (planned.kills && !person.can.has('kill')) return forbidden('kill');
  // The button was pressed twice, or somebody had the very same idea.
  if (planned.total === 0) return toHistory(administration, environment);
  const comment = form.get('comment')?.trim() ?? '';
  const problem = commentProblem(comment);
  if (problem !== undefined) return undoPage(request, administration, asked, noComment(problem));
  const seen = wholeNumber(form.get('seen'));
  if (seen === undefined || form.get('digest') !== planned.digest) {
    return undoPage(request, administration, asked, CHANGED);
  }
  try {
    const revision = await administration.editIn(environment, (content) => undoing(takingBack(entry, content), later), {
      by: person.by,
      comment,
      expectedRevision: seen,
    });
    return toHistory(administration, environment, revision);
  } catch (error) {
    const refusal = refusalOf(error);
    const again = refusal.why === 'changed' ? await askedUndo(request, administration, form) : asked;
    return 'view' in again ? again : undoPage(request, administration, again, refusal);
  }
});

/** What somebody wants to take back, and what that means now. */
interface Asked {
  readonly environment: string;
  readonly entry: AuditEntry;
  readonly content: StoreContent;
  readonly records: readonly TakenBack[];
  /** Whether what was changed later is taken back as well. */
  readonly later: boolean;
  readonly planned: Planned;
}

async function askedUndo(
  { recentContexts, now }: DashboardRequest,
  administration: Administration,
  fields: URLSearchParams,
): Promise<Asked | Page> {
  const revision = wholeNumber(fields.get('revision'));
  if (revision === undefined) return incomplete('revision');
  const { environment, known, unknown } = await chosenEnvironment(administration, fields);
  if (unknown) return noEnvironment(environment, known);
  const entry = await administration.entry(revision, environment);
  if (entry === undefined) return noRevision(revision);
  const content = await administration.load(environment);
  const records = takingBack(entry, content);
  const later = fields.get('later') === '1';
  const change = realChange(content, undoing(records, later));
  const planned = plannedChange({
    changes: changesOf(content, change),
    preview: administration.preview(content, change),
    contexts: recentContexts(),
    now,
  });
  return { environment, entry, content, records, later, planned };
}

function undoPage(
  request: DashboardRequest & Partial<FormRequest>,
  administration: Administration,
  { environment, entry, content, records, later, planned }: Asked,
  refusal?: Refusal,
): Page {
  const { now, person, form } = request;
  const other = otherEnvironment(administration, environment);
  const comment = `Takes back revision ${entry.revision}`;
  return {
    status: refusal?.status ?? 200,
    view: 'undo',
    model: {
      entry: entryRow(entry, { environment: other, now, most: 0 }),
      otherEnvironment: other,
      ...leftoversOf(records),
      planned,
      later,
      seen: content.revision,
      refusal,
      comment: form?.get('comment') ?? (entry.comment === '' ? comment : `${comment}: ${entry.comment}`),
      mayWrite: !planned.kills || person.can.has('kill'),
    },
  };
}
