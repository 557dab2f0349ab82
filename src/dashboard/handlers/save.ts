import type { FlagInput } from '../../evaluation/definition/schema.js';
import type { Administration } from '../../runtime/administration.js';
import { asKilledAs } from '../../runtime/kills.js';
import { ConflictError } from '../../stores/conflict-error.js';
import { recordOf } from '../../stores/content.js';
import type { Answer, FormRequest } from '../answer.js';
import { changesSince, isStored } from '../models/conflict.js';
import { commentProblem, toFlag } from './comment.js';
import { conflictPage } from './conflict.js';
import { wholeNumber } from './environment.js';
import { type Proposed, previewPage } from './preview.js';
import { incomplete } from './problems.js';
import { refusalOf } from './refusal.js';
import { stored } from './stored.js';

/** `POST /save`: saves what was previewed, unless the flag was changed since. */
export const saveFlag = stored(async (request: FormRequest, administration): Promise<Answer> => {
  const { form } = request;
  const name = form.get('flag');
  if (!name) return incomplete('flag');
  const seen = wholeNumber(form.get('revision'));
  if (seen === undefined) return incomplete('revision');
  const definition = definitionIn(form.get('definition'));
  if (definition === undefined) return incomplete('definition');
  const proposed = { name, definition, form };
  const comment = (form.get('comment') ?? '').trim();
  const problem = commentProblem(comment);
  if (problem !== undefined) return previewPage(request, administration, { ...proposed, problem, status: 422 });
  try {
    const revision = await administration.edit(
      ({ flags }) => ({ flags: { [name]: asKilledAs(recordOf(flags, name), definition) } }),
      { by: request.person.by, comment, expectedRevision: seen },
    );
    return toFlag(name, revision);
  } catch (error) {
    return notSaved(request, administration, { ...proposed, seen, comment }, error);
  }
});

interface Refused extends Proposed {
  readonly seen: number;
  readonly comment: string;
}

async function notSaved(
  request: FormRequest,
  administration: Administration,
  { seen, comment, ...proposed }: Refused,
  error: unknown,
): Promise<Answer> {
  if (error instanceof ConflictError) {
    const { name, definition } = proposed;
    // The button was pressed twice, or somebody had the very same idea.
    if (isStored(administration, name, definition)) return toFlag(name, error.revision);
    const since = await changesSince(administration, name, seen);
    return conflictPage(since, { name, definition, seen, now: request.now, comment });
  }
  const { status, message } = refusalOf(error);
  return previewPage(request, administration, { ...proposed, problem: message, status });
}

/** Read anew, whatever the page had put into its form; `undefined` for what cannot stand for a flag. */
function definitionIn(json: string | null): FlagInput | undefined {
  try {
    const value: unknown = JSON.parse(json ?? '');
    return value === null || typeof value === 'string' ? undefined : (value as FlagInput);
  } catch {
    return undefined;
  }
}
