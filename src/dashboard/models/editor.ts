import type { CompiledFlag } from '../../evaluation/compiled-flag.js';
import { FLAG_KINDS } from '../../evaluation/flag-kind.js';
import type { DashboardRequest } from '../answer.js';
import { blank, type Draft, type OverrideDraft, type WeightDraft } from '../editing/draft.js';
import { OPERATORS } from '../editing/operators.js';
import type { Problem } from '../editing/problem.js';
import { readField, texts } from '../editing/typed-text.js';
import { type Excerpt, excerptOf } from './excerpt.js';
import { rampPicture } from './ramp-picture.js';
import { suggestionsFrom } from './suggestions.js';

/** More names than these are no help in a list to choose from, and a burden on the page. */
const MOST_NAMES = 300;

export type Tab = 'form' | 'yaml';

/** What an editor shows, as far as it is not known from the flag. */
export interface Edited {
  readonly name: string;
  readonly revision: string;
  readonly tab: Tab;
  /** What the fields say; why no form can show it, where one cannot. */
  readonly draft: Draft | string;
  readonly yaml: string;
  readonly problems: readonly Problem[];
  /** The field to go on in, `''` for none. */
  readonly focus: string;
  /** What was to be said about the change, when somebody came back from its preview. */
  readonly comment?: string | undefined;
}

/** A name as it is chosen from a list: what the field holds, and what people read. */
interface Choice {
  readonly typed: string;
  readonly name: string;
}

/** The form that changes a flag, as a page shows it. */
export function editorModel(request: DashboardRequest, flag: CompiledFlag | undefined, edited: Edited): object {
  const { problems, tab, yaml } = edited;
  const refusal = typeof edited.draft === 'string' ? edited.draft : '';
  const draft = typeof edited.draft === 'string' ? blank.draft() : edited.draft;
  const variants = variantsIn(draft, flag);
  const off = variants.includes(flag?.variants.off ?? '') ? flag?.variants.off : undefined;
  const serves = [
    ['serve', draft.serve] as const,
    ...draft.rules.map(({ serve }, index) => [`rules.${index}.serve`, serve] as const),
  ];
  return {
    ...edited,
    refusal,
    draft: filledUp(draft, variants),
    overClass: flag?.config !== undefined,
    wrong: dictionary(problems.map(({ field, message }) => [field, message])),
    excerpt: tab === 'yaml' ? excerptsOf(yaml, problems) : undefined,
    isNew: flag === undefined,
    // What is written by another tool, or only lists users, can be said in full.
    mayBeFull: refusal.includes('another tool'),
    rows: Math.min(40, Math.max(12, yaml.split('\n').length + 2)),
    kindOptions: [['', 'not said'], ...FLAG_KINDS.map((kind) => [kind, kind])],
    variants: variants.map(choice),
    variantNames: variants.map((name) => texts.typed(name)),
    on: flag?.variants.on ?? 'on',
    off: off ?? 'off',
    operators: OPERATORS.map(({ name, label, takes, negated }) => ({ name, label, takes, negated })),
    takes: dictionary(OPERATORS.map(({ name, takes }) => [name, takes])),
    pictures: dictionary(serves.map(([path, serve]) => [path, rampPicture(serve, request.now)])),
    shares: dictionary(serves.map(([path, serve]) => [path, sharesOf(serve.split.weights)])),
    ...names(request, edited.name, draft),
  };
}

function names({ flags, snapshot, recentContexts }: DashboardRequest, name: string, draft: Draft): object {
  const suggestions = suggestionsFrom(recentContexts()).map((suggestion, index) => ({
    ...suggestion,
    id: `seen-${index}`,
  }));
  return {
    suggestions,
    seen: dictionary(suggestions.map((suggestion) => [suggestion.attribute, suggestion])),
    flags: [...flags.keys()]
      .filter((other) => other !== name)
      .slice(0, MOST_NAMES)
      .map((other) => texts.typed(other)),
    segments: [...snapshot.segments.keys()].slice(0, MOST_NAMES).map((segment) => texts.typed(segment)),
    zones: usesZones(draft) ? Intl.supportedValuesOf('timeZone') : ['UTC'],
  };
}

/** There are hundreds of zones: only where one may be wanted. */
function usesZones({ serve, rules }: Draft): boolean {
  return [serve, ...rules.map((rule) => rule.serve)].some(({ kind }) => ['days', 'at', 'window'].includes(kind));
}

/** The variants that may be chosen: those in the form, else those the flag has. */
function variantsIn({ variants }: Draft, flag: CompiledFlag | undefined): string[] {
  if (variants.kind === '' || flag?.config !== undefined) return [...(flag?.variants.names ?? ['on', 'off'])];
  return variants.rows.map(({ name }) => readField(name, texts)).filter((name) => name !== undefined);
}

/** With a row for each variant, and an empty row where one may be added. */
function filledUp(draft: Draft, variants: readonly string[]): Draft {
  const serve = (given: Draft['serve']): Draft['serve'] => ({
    ...given,
    split: { weights: withAll(given.split.weights, variants, (variant): WeightDraft => ({ variant, weight: '' })) },
    days: { ...given.days, steps: given.days.steps.length > 0 ? given.days.steps : [blank.step('0')] },
    at: { ...given.at, steps: given.at.steps.length > 0 ? given.at.steps : [blank.step()] },
  });
  return {
    ...draft,
    overrides: withAll(draft.overrides, variants, (variant): OverrideDraft => blank.override(variant)),
    rules: draft.rules.map((rule) => ({ ...rule, serve: serve(rule.serve) })),
    serve: serve(draft.serve),
  };
}

function withAll<Row extends { variant: string }>(
  rows: readonly Row[],
  variants: readonly string[],
  row: (variant: string) => Row,
): Row[] {
  const there = new Set(rows.map(({ variant }) => readField(variant, texts)));
  return [...rows, ...variants.filter((name) => !there.has(name)).map((name) => row(texts.typed(name)))];
}

/** What each weight comes to, for whom the rows are in this order; `''` where it comes to nothing that can be told. */
function sharesOf(weights: readonly WeightDraft[]): Readonly<Record<string, string>> {
  const numbers = weights.map(({ weight }) => (weight.trim() === '' ? 0 : Number(weight)));
  const sum = numbers.reduce((all, number) => all + number, 0);
  if (!(sum > 0) || numbers.some((number) => !(number >= 0))) return dictionary([]);
  return dictionary(
    weights.map(({ variant }, index) => [variant, `${Number((((numbers[index] ?? 0) / sum) * 100).toPrecision(3))} %`]),
  );
}

function excerptsOf(yaml: string, problems: readonly Problem[]): Excerpt | undefined {
  const [first] = problems;
  return first && excerptOf(yaml, first.message);
}

function choice(name: string): Choice {
  return { typed: texts.typed(name), name };
}

/** To be looked up by what people typed, which may be the name of what every object has. */
function dictionary<Value>(entries: Iterable<readonly [string, Value]>): Readonly<Record<string, Value>> {
  const found: Record<string, Value> = Object.create(null);
  for (const [key, value] of entries) found[key] = value;
  return found;
}
