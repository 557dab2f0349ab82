import type { Snapshot } from '../../evaluation/snapshot.js';
import type { Administration } from '../../runtime/administration.js';
import { type FlagPatch, updating } from '../../runtime/edits.js';
import { ConflictError } from '../../stores/conflict-error.js';
import { recordOf } from '../../stores/content.js';
import type { Answer, DashboardRequest, FormRequest, Page, Redirect } from '../answer.js';
import { effectOf } from '../models/effect.js';
import { killOf } from '../models/kill.js';
import { commentProblem, toFlag } from './comment.js';
import { wholeNumber } from './environment.js';
import { brokenIn } from './preview.js';
import { forbidden, incomplete, unknownFlag } from './problems.js';
import { type Refusal, refusalOf } from './refusal.js';
import { stored } from './stored.js';

/** What was tried on this page, and why it was not done. */
interface Tried {
  readonly action: 'kill' | 'delete';
  readonly comment: string;
  readonly refusal: Pick<Refusal, 'status' | 'message'>;
}

/** `GET /shut?name=…`: to kill or revive a flag, or to delete what is stored of it. */
export const showShut = stored(async (request: DashboardRequest, administration): Promise<Answer> => {
  const { person, query, snapshot } = request;
  const name = query.get('name');
  if (!person.can.has('kill') && !person.can.has('edit')) return forbidden('kill');
  if (!name) return incomplete('flag');
  return snapshot.flags.has(name) ? shutPage(request, administration, name) : unknownFlag(name, snapshot.flags.keys());
});

/** `POST /kill`: at once and for everyone, whatever else was changed meanwhile. */
export const killFlag = stored((request: FormRequest, administration) =>
  shut(request, administration, () => ({ killed: true })),
);

/** `POST /revive`: ends a kill. */
export const reviveFlag = stored((request: FormRequest, administration) =>
  shut(request, administration, (name) => {
    // Where the app's own code kills it, the store has to say otherwise.
    const still = afterPatch(administration, name, { killed: null }).flags.get(name)?.killed === true;
    return { killed: still ? false : null };
  }),
);

async function shut(
  request: FormRequest,
  administration: Administration,
  patchFor: (name: string) => Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const { form, person, snapshot } = request;
  const name = form.get('flag');
  if (!name) return incomplete('flag');
  // A slip in the name must not look as if something had been switched off.
  if (!snapshot.flags.has(name)) return unknownFlag(name, snapshot.flags.keys());
  const comment = form.get('comment')?.trim() ?? '';
  const message = commentProblem(comment);
  if (message !== undefined) {
    return shutPage(request, administration, name, { action: 'kill', comment, refusal: { status: 422, message } });
  }
  try {
    const revision = await administration.edit(updating(name, patchFor(name)), { by: person.by, comment });
    return toFlag(name, revision);
  } catch (error) {
    return shutPage(request, administration, name, { action: 'kill', comment, refusal: refusalOf(error) });
  }
}

/** `POST /delete`: what is stored of a flag goes, if it still is what was seen on the page. */
export const deleteFlag = stored(async (request: FormRequest, administration): Promise<Answer> => {
  const { form, person, snapshot } = request;
  const name = form.get('flag');
  if (!name) return incomplete('flag');
  const expectedRevision = wholeNumber(form.get('revision'));
  if (expectedRevision === undefined) return incomplete('revision');
  if (!snapshot.flags.has(name)) return unknownFlag(name, snapshot.flags.keys());
  const comment = form.get('comment')?.trim() ?? '';
  const message = commentProblem(comment);
  if (message !== undefined) {
    return shutPage(request, administration, name, { action: 'delete', comment, refusal: { status: 422, message } });
  }
  try {
    const options = { by: person.by, comment, expectedRevision };
    const made = await administration.edit(() => ({ flags: { [name]: null } }), options);
    return afterDeletion(administration, name, made);
  } catch (error) {
    // Pressed twice: it is gone already.
    const gone = error instanceof ConflictError && recordOf(administration.content.flags, name) === undefined;
    if (gone) return afterDeletion(administration, name, error.revision);
    return shutPage(request, administration, name, { action: 'delete', comment, refusal: refusalOf(error) });
  }
});

/** A flag that is a class is still there; of another one only its history is. */
function afterDeletion(administration: Administration, name: string, made: number): Redirect {
  const left = administration.after({}).flags.has(name);
  return left ? toFlag(name, made) : { redirect: `history?${new URLSearchParams({ flag: name, made: String(made) })}` };
}

function afterPatch(administration: Administration, name: string, patch: FlagPatch): Snapshot {
  return administration.after(updating(name, patch)(administration.content));
}

async function shutPage(
  request: DashboardRequest,
  administration: Administration,
  name: string,
  tried?: Tried,
): Promise<Page> {
  const { snapshot, person, now } = request;
  const { content } = administration;
  const definition = recordOf(content.flags, name);
  const killed = snapshot.flags.get(name)?.killed === true;
  const contexts = request.recentContexts();
  const effect = (after: Snapshot) => effectOf(snapshot, after, [name], contexts, now);
  const without = afterPatch(administration, name, null);
  const left = without.flags.get(name);
  return {
    status: tried?.refusal.status ?? 200,
    view: 'shut',
    model: {
      name,
      killed,
      kill: killed ? await killOf(administration, name, now) : undefined,
      mayKill: person.can.has('kill'),
      mayDelete: person.can.has('edit') && definition !== undefined,
      revision: content.revision,
      /** What decides once nothing is stored. */
      left: left === undefined ? 'nothing' : left.config === undefined ? 'definition' : 'class',
      refersToIt: brokenIn(without, snapshot, name) ?? '',
      effect: effect(afterPatch(administration, name, { killed: !killed })),
      deletion: definition === undefined ? undefined : effect(without),
      tried: { action: tried?.action ?? '', comment: tried?.comment ?? '', message: tried?.refusal.message ?? '' },
    },
  };
}
