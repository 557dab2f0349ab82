import type { Administration } from '../../runtime/administration.js';
import { changesOf, realChange } from '../../runtime/content.js';
import { copying, killedInOne, type Selection } from '../../runtime/copying.js';
import type { RecordKind } from '../../stores/audit.js';
import type { StoreContent } from '../../stores/store.js';
import type { DashboardRequest, FormRequest, Page } from '../answer.js';
import { differences } from '../models/comparison.js';
import { type Planned, plannedChange } from '../models/planned.js';
import { searchOf } from '../models/words.js';
import { commentProblem } from './comment.js';
import { toHistory, wholeNumber } from './environment.js';
import { incomplete, noEnvironment, refused } from './problems.js';
import { CHANGED, noComment, type Refusal, refusalOf } from './refusal.js';
import { stored } from './stored.js';

/** Names of environments end up in every message. */
const LONGEST_NAME = 100;

/**
 * `GET /promote?here=…&there=…&to=…`: what copying flags from one environment into the other would do; those that are named
 * (`flag.0`, `segment.1` …), or `all` that are different.
 */
export const offerPromotion = stored(async (request: DashboardRequest, administration) => {
  const asked = await askedPromotion(request, administration, request.query);
  return 'view' in asked ? asked : promotionPage(request, asked);
});

/** `POST /promote`: copies them, just as it was shown, or not at all. */
export const promote = stored(async (request: FormRequest, administration) => {
  const { form, person } = request;
  const asked = await askedPromotion(request, administration, form);
  if ('view' in asked) return asked;
  const { source, to, selection, planned } = asked;
  // The button was pressed twice, or somebody had the very same idea.
  if (planned.total === 0) return toHistory(administration, to);
  const comment = form.get('comment')?.trim() ?? '';
  const problem = commentProblem(comment);
  if (problem !== undefined) return promotionPage(request, asked, noComment(problem));
  const seen = wholeNumber(form.get('seen'));
  if (seen === undefined || form.get('digest') !== planned.digest) return promotionPage(request, asked, CHANGED);
  try {
    const options = { by: person.by, comment, expectedRevision: seen };
    const revision = await administration.editIn(to, (content) => copying(source, content, selection), options);
    return toHistory(administration, to, revision);
  } catch (error) {
    const refusal = refusalOf(error);
    const again = refusal.why === 'changed' ? await askedPromotion(request, administration, form) : asked;
    return 'view' in again ? again : promotionPage(request, again, refusal);
  }
});

/** What somebody wants to copy where, and what that means now. */
interface Asked {
  readonly fields: URLSearchParams;
  readonly from: string;
  readonly to: string;
  /** Whether nobody has written to where it is copied to. */
  readonly fresh: boolean;
  readonly source: StoreContent;
  readonly target: StoreContent;
  readonly selection: Selection;
  readonly planned: Planned;
  /** Flags that are killed in one of the two only. */
  readonly killed: readonly string[];
}

async function askedPromotion(
  { recentContexts, now }: DashboardRequest,
  administration: Administration,
  fields: URLSearchParams,
): Promise<Asked | Page> {
  const [here, there, to] = [fields.get('here') ?? '', fields.get('there')?.trim() ?? '', fields.get('to') ?? ''];
  const known = await administration.environments();
  const into = to || there;
  const from = into === here ? there : here;
  if (here === '' || there === '' || (into !== here && into !== there)) return incomplete('environment');
  if (from === into) return refused('An environment cannot be copied to itself.');
  if (into.length > LONGEST_NAME) return refused(`A name of an environment has ${LONGEST_NAME} characters at most.`);
  if (!administration.hasEnvironments) return refused(`${administration.storeName} holds one environment only.`);
  if (!known.includes(from)) return noEnvironment(from, known);
  const [source, target] = [await administration.load(from), await administration.load(into)];
  const selection = selected(fields, source, target);
  const change = realChange(target, copying(source, target, selection));
  return {
    fields,
    from,
    to: into,
    fresh: !known.includes(into),
    source,
    target,
    selection,
    planned: plannedChange({
      changes: changesOf(target, change),
      preview: administration.preview(target, change),
      contexts: recentContexts(),
      now,
    }),
    killed: killedInOne(source, target, selection.flags),
  };
}

function selected(fields: URLSearchParams, source: StoreContent, target: StoreContent): SelectionLists {
  if (fields.get('all') !== '1') return { flags: named(fields, 'flag'), segments: named(fields, 'segment') };
  const changes = differences(target, source, searchOf(fields)).filter(({ after }) => after !== null);
  const names = (wanted: RecordKind): string[] => changes.filter(({ kind }) => kind === wanted).map(({ name }) => name);
  return { flags: names('flag'), segments: names('segment') };
}

interface SelectionLists extends Selection {
  readonly flags: readonly string[];
  readonly segments: readonly string[];
}

function named(fields: URLSearchParams, kind: RecordKind): string[] {
  const chosen = [...fields].filter(([field]) => field.startsWith(`${kind}.`)).map(([, name]) => name);
  return [...new Set(chosen)];
}

function promotionPage(
  { form }: DashboardRequest & Partial<FormRequest>,
  { fields, from, to, fresh, target, planned, killed }: Asked,
  refusal?: Refusal,
): Page {
  const kept = [...fields].filter(([field]) => /^(here|there|to|all|q)$|^(flag|segment)\./.test(field));
  const [here, there] = [fields.get('here') ?? '', fields.get('there') ?? ''];
  return {
    status: refusal?.status ?? 200,
    view: 'promote',
    model: {
      from,
      to,
      fresh,
      planned,
      killed: killed.slice(0, 50),
      killedMore: Math.max(0, killed.length - 50),
      seen: target.revision,
      refusal,
      kept: kept.map(([name, value]) => ({ name, value })),
      back: fresh ? '' : new URLSearchParams({ of: here, with: there }).toString(),
      comment: form?.get('comment') ?? `Promoted from ${from}`,
    },
  };
}
