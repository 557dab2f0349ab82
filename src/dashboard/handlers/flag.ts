import type { CompiledFlag } from '../../evaluation/compiled-flag.js';
import type { FlagInput } from '../../evaluation/definition/schema.js';
import { recordOf } from '../../stores/content.js';
import type { Answer, DashboardRequest, FormRequest } from '../answer.js';
import { definitionFrom } from '../editing/definition-from.js';
import type { Draft } from '../editing/draft.js';
import { draftFrom } from '../editing/draft-from.js';
import { draftShowing } from '../editing/draft-showing.js';
import { fieldNamed } from '../editing/field-named.js';
import { inFull } from '../editing/in-full.js';
import { operated } from '../editing/operations.js';
import type { Problem } from '../editing/problem.js';
import { yamlOf } from '../editing/yaml-definition.js';
import { NOTHING_KNOWN } from '../last-changes.js';
import { type Edited, editorModel } from '../models/editor.js';
import { storedModel } from '../models/flag-page.js';
import { flagRow } from '../models/flag-row.js';
import type { Made } from '../models/made.js';
import { overridesOf } from '../models/override.js';
import { justMade } from './just-made.js';
import { incomplete, noStore, unknownFlag } from './problems.js';

/** What the editor of a flag is shown with. */
interface Shown {
  readonly name: string;
  /** Everything that was typed; without it the form shows what is stored. */
  readonly form?: URLSearchParams | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** `GET /flag?name=…`: one flag, and the form that changes it. */
export async function showFlag(request: DashboardRequest): Promise<Answer> {
  const { query, flags } = request;
  const name = query.get('name');
  if (!name) return incomplete('flag');
  if (!flags.has(name)) return unknownFlag(name, flags.keys());
  const [recency, made] = await Promise.all([request.lastChanges?.read(), justMade(request, name)]);
  return pageOf(request, stored(request, name), recency, made);
}

/** `POST /flag-form`: a button that changes nothing but the form was pressed. Nothing is written. */
export function changeForm(request: FormRequest): Answer {
  const { form } = request;
  const name = form.get('flag');
  if (request.administration === undefined) return noStore();
  if (!name) return incomplete('flag');
  const operation = form.get('op') ?? '';
  if (['form', 'yaml', 'full'].includes(operation)) return pageOf(request, turned(request, name, form, operation));
  const typed = typedIn(name, form);
  if (typeof typed.draft === 'string') return pageOf(request, typed);
  return pageOf(request, { ...typed, ...operated(typed.draft, operation) });
}

/** The page of a flag with its form as it was left, and what is wrong with it. */
export function editorPage(request: DashboardRequest, { name, form, problems = [] }: Shown): Answer {
  if (form === undefined) return pageOf(request, { ...stored(request, name), problems });
  const placed = problems.map(({ field, message }) => ({ field: field || fieldNamed(message), message }));
  return pageOf(request, { ...typedIn(name, form), problems: placed });
}

function pageOf(request: DashboardRequest, edited: Edited, recency = NOTHING_KNOWN, made?: Made): Answer {
  const { gk, flags, administration, person, now } = request;
  const { name, problems } = edited;
  const flag = flags.get(name);
  const mayEdit = administration !== undefined && person.can.has('edit');
  return {
    status: problems.length > 0 ? 422 : 200,
    view: 'flag',
    model: {
      name,
      made,
      row: flag && flagRow(flag, { gk, overrides: overridesOf(gk), recency, now }),
      mayOverride: gk.mayOverride(),
      hasRight: person.can.has('override'),
      mayShut: administration !== undefined && (person.can.has('kill') || person.can.has('edit')),
      ...storedModel(name, flag, administration, now),
      editor: mayEdit ? editorModel(request, flag, edited) : undefined,
    },
  };
}

/** The editor with what the store says. */
function stored(request: DashboardRequest, name: string): Edited {
  const { administration, query } = request;
  const definition = (administration && recordOf(administration.content.flags, name)) ?? {};
  const draft = draftShowing(definition, name);
  const tab = query.get('tab') === 'yaml' || typeof draft === 'string' ? 'yaml' : 'form';
  const revision = String(administration?.content.revision ?? 0);
  return { name, revision, tab, draft, yaml: yamlOf(definition), problems: [], focus: '' };
}

/** The editor with what was typed. */
function typedIn(name: string, form: URLSearchParams): Edited {
  const yaml = form.get('yaml');
  const draft: Draft | string = yaml === null ? draftFrom(form) : '';
  const comment = form.get('comment') ?? '';
  const around = { name, revision: form.get('revision') ?? '0', draft, problems: [], focus: '', comment };
  return { ...around, tab: yaml === null ? 'form' : 'yaml', yaml: yaml ?? '' };
}

/** From one way of writing a definition to another; what cannot be read stays as it is, and says why. */
function turned(request: DashboardRequest, name: string, form: URLSearchParams, to: string): Edited {
  const typed = typedIn(name, form);
  const read = definitionFrom(form);
  if ('problems' in read) return { ...typed, problems: read.problems };
  const definition = to === 'full' ? inFull(read.definition, name, offOf(request.flags.get(name))) : read.definition;
  const draft = to === 'yaml' ? '' : draftShowing(definition, name);
  return {
    ...typed,
    draft,
    yaml: yamlOf(definition as FlagInput),
    tab: draft === '' || typeof draft === 'string' ? 'yaml' : 'form',
  };
}

function offOf(flag: CompiledFlag | undefined): string | undefined {
  return flag?.config === undefined ? (flag?.variants.off ?? 'off') : undefined;
}
