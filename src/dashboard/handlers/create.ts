import { messageOf } from '../../errors.js';
import { checkFlagName } from '../../evaluation/flag-class.js';
import { FLAG_KINDS } from '../../evaluation/flag-kind.js';
import type { Answer, DashboardRequest, FormRequest } from '../answer.js';
import { definitionOf } from '../editing/definition-from.js';
import { fieldsIn } from '../editing/fields.js';
import { FIRSTS, firstDraft } from '../editing/first-draft.js';
import type { Problem } from '../editing/problem.js';
import { linkTo } from '../models/links.js';
import { editorPage } from './flag.js';
import { previewChange } from './preview.js';
import { noStore } from './problems.js';

const FIELDS = ['name', 'description', 'kind', 'owner', 'percentage', 'users'] as const;

/** `GET /create`: the form of a new flag. */
export function offerCreation(request: DashboardRequest): Answer {
  const { query, administration } = request;
  if (administration === undefined) return noStore();
  return createPage(request, new URLSearchParams({ name: query.get('folder') ?? '', first: 'off', percentage: '10' }));
}

/** `POST /create`: on to the editor or the preview, as if the new flag had been put together there. Nothing is written. */
export function createFlag(request: FormRequest): Answer | Promise<Answer> {
  const { form, administration } = request;
  if (administration === undefined) return noStore();
  const name = (form.get('name') ?? '').trim();
  const draft = firstDraft(form);
  const read = definitionOf(draft, name);
  const problems = [...nameProblems(request, name), ...('problems' in read ? read.problems.map(ofThisPage) : [])];
  if (problems.length > 0) return createPage(request, form, problems);
  const filled = new URLSearchParams(fieldsIn(draft));
  filled.set('flag', name);
  filled.set('revision', String(administration.content.revision));
  return form.has('more') ? editorPage(request, { name, form: filled }) : previewChange({ ...request, form: filled });
}

function createPage(request: DashboardRequest, form: URLSearchParams, problems: readonly Problem[] = []): Answer {
  const name = (form.get('name') ?? '').trim();
  const first = form.get('first') ?? '';
  return {
    status: problems.length > 0 ? 422 : 200,
    view: 'create',
    model: {
      ...Object.fromEntries(FIELDS.map((field) => [field, form.get(field) ?? ''])),
      first: FIRSTS.some((each) => each === first) ? first : 'off',
      kinds: FLAG_KINDS,
      wrong: Object.assign(Object.create(null), Object.fromEntries(problems.map((each) => [each.field, each.message]))),
      problems,
      existing: request.flags.has(name) ? linkTo(name) : '',
    },
  };
}

function nameProblems({ flags }: DashboardRequest, name: string): Problem[] {
  if (name === '') return [{ field: 'name', message: 'A flag needs a name.' }];
  if (flags.has(name)) return [{ field: 'name', message: 'There is a flag of this name already.' }];
  try {
    checkFlagName(name, 'The flag');
    return [];
  } catch (error) {
    return [{ field: 'name', message: messageOf(error) }];
  }
}

/** The fields of this page by those of the editor that they become. */
function ofThisPage({ field, message }: Problem): Problem {
  if (field.startsWith('serve.percentage')) return { field: 'percentage', message };
  if (field.startsWith('rules'))
    return { field: 'users', message: field.endsWith('value') ? 'list at least one user' : message };
  return { field: field || 'name', message };
}
