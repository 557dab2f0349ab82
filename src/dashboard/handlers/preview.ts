import type { FlagInput } from '../../evaluation/definition/schema.js';
import type { Snapshot } from '../../evaluation/snapshot.js';
import type { Administration } from '../../runtime/administration.js';
import { asKilledAs, isKilled } from '../../runtime/kills.js';
import { recordOf } from '../../stores/content.js';
import type { Answer, FormRequest } from '../answer.js';
import { definitionFrom } from '../editing/definition-from.js';
import { changesSince } from '../models/conflict.js';
import { diffOf } from '../models/diff.js';
import { effectOf } from '../models/effect.js';
import { warningsOf } from '../models/warnings.js';
import { conflictPage } from './conflict.js';
import { wholeNumber } from './environment.js';
import { editorPage } from './flag.js';
import { incomplete } from './problems.js';
import { stored } from './stored.js';

/** The fields that this page has itself; all others are the editor's, and are kept for it. */
const OWN_FIELDS = new Set(['token', 'flag', 'revision', 'definition', 'comment', 'back']);

/** A change as it stands before it is saved. */
export interface Proposed {
  readonly name: string;
  readonly definition: FlagInput;
  /** Everything that was posted: the editor's fields are kept, to go back to. */
  readonly form: URLSearchParams;
  /** Why it could not be saved; `''` for what nobody has tried to save. */
  readonly problem?: string;
  readonly status?: number;
}

/** `POST /preview`: what a change would do. Nothing is written. */
export const previewChange = stored(async (request: FormRequest, administration): Promise<Answer> => {
  const { form, now } = request;
  const name = form.get('flag');
  if (!name) return incomplete('flag');
  if (form.has('back')) return editorPage(request, { name, form: editorFields(form) });
  const seen = wholeNumber(form.get('revision'));
  if (seen === undefined) return incomplete('revision');
  const read = definitionFrom(form);
  if ('problems' in read) return editorPage(request, { name, form, problems: read.problems });
  const since = await changesSince(administration, name, seen);
  if (since.length > 0) return conflictPage(since, { name, definition: read.definition, seen, now });
  return previewPage(request, administration, { name, definition: read.definition, form });
});

/** The page that shows a change, with the form that saves it; the editor again when the flag could not be used afterwards. */
export function previewPage(request: FormRequest, administration: Administration, proposed: Proposed): Answer {
  const { name, form, problem = '', status = 200 } = proposed;
  const { snapshot, now, person } = request;
  const { content } = administration;
  const before = recordOf(content.flags, name) ?? null;
  const definition = asKilledAs(before, proposed.definition);
  const after = administration.after({ flags: { [name]: definition } });
  const broken = brokenIn(after, snapshot, name);
  if (broken !== undefined) {
    const field = form.get('yaml') ? 'yaml' : '';
    return editorPage(request, { name, form: editorFields(form), problems: [{ field, message: broken }] });
  }
  return {
    status,
    view: 'preview',
    model: {
      name,
      isNew: !snapshot.flags.has(name),
      definition: JSON.stringify(definition),
      revision: content.revision,
      comment: form.get('comment') ?? '',
      problem,
      killAside: isKilled(proposed.definition) !== isKilled(definition),
      diff: diffOf(before, definition),
      warnings: warningsOf(name, before, definition),
      effect: effectOf(snapshot, after, [name], request.recentContexts(), now),
      fields: [...form].filter(([field]) => !OWN_FIELDS.has(field)),
      person: person.by,
    },
  };
}

/** What could not be used afterwards: the flag itself, or something that could be used before. */
export function brokenIn(after: Snapshot, before: Snapshot, name: string): string | undefined {
  const known = new Set(before.problems.map((problem) => `${problem.kind} ${problem.name}`));
  return after.problems.find(
    (problem) => (problem.kind === 'flag' && problem.name === name) || !known.has(`${problem.kind} ${problem.name}`),
  )?.message;
}

/** The form as the editor sent it. */
function editorFields(form: URLSearchParams): URLSearchParams {
  const fields = new URLSearchParams(form);
  for (const field of ['token', 'definition', 'back']) fields.delete(field);
  return fields;
}
