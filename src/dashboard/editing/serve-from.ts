import type { ServeDraft, StepDraft } from './draft.js';
import { mapOf, type Reading } from './reading.js';

/**
 * What the fields say is served; `undefined` when that is left open.
 *
 * @param field where they stand in the form
 */
export function serveFrom(draft: ServeDraft, field: string, reading: Reading): unknown {
  const { kind } = draft;
  switch (kind) {
    case '':
      return undefined;
    case 'null':
      return null;
    case 'variant':
      return reading.needed(draft.fixed.variant, `${field}.fixed.variant`, 'the variant');
    case 'percentage':
      return percentageFrom(draft, field, reading);
    case 'split':
      return { split: weightsFrom(draft, field, reading) };
    case 'days':
    case 'at':
      return { ramp: rampFrom(draft, kind, field, reading) };
    case 'window':
      return windowFrom(draft, field, reading);
    default:
      return reading.wrong(field, 'what is served is none of the ways there are');
  }
}

function percentageFrom({ percentage }: ServeDraft, field: string, reading: Reading): object {
  const at = `${field}.percentage.percentage`;
  const share = reading.number(percentage.percentage, at, 'a percentage');
  if (share < 0 || share > 100) reading.wrong(at, 'a percentage is from 0 to 100');
  return mapOf([
    ['percentage', share],
    ['variant', reading.text(percentage.variant)],
  ]);
}

function weightsFrom({ split }: ServeDraft, field: string, reading: Reading): object {
  const weights = new Map<string, number>();
  split.weights.forEach(({ variant, weight }, index) => {
    if (weight.trim() === '') return;
    const at = `${field}.split.weights.${index}.weight`;
    weights.set(reading.needed(variant, at, 'the variant'), reading.number(weight, at, 'a weight'));
  });
  if (![...weights.values()].some((weight) => weight > 0)) reading.wrong(`${field}.split`, 'give one variant a weight');
  return Object.fromEntries(weights);
}

function rampFrom(draft: ServeDraft, kind: 'days' | 'at', field: string, reading: Reading): object {
  const { variant, timeZone, steps } = draft[kind];
  const at = `${field}.${kind}`;
  const read = (step: StepDraft, index: number): unknown[] => stepFrom(step, kind, `${at}.steps.${index}`, reading);
  const written = steps.flatMap((step, index) =>
    step.from.trim() + step.percentage.trim() ? [read(step, index)] : [],
  );
  if (written.length === 0) reading.wrong(at, 'a ramp has steps; say from when on how many percent');
  return mapOf([
    ['variant', reading.text(variant)],
    ['start', kind === 'days' ? reading.needed(draft.days.start, `${at}.start`, 'the start') : undefined],
    [kind, written],
    ['timeZone', reading.text(timeZone)],
  ]);
}

function stepFrom({ from, percentage }: StepDraft, kind: 'days' | 'at', field: string, reading: Reading): unknown[] {
  return [
    kind === 'days'
      ? reading.number(from, `${field}.from`, 'a day')
      : reading.needed(from, `${field}.from`, 'the instant'),
    reading.number(percentage, `${field}.percentage`, 'a percentage'),
  ];
}

function windowFrom({ window }: ServeDraft, field: string, reading: Reading): object {
  const from = reading.text(window.from);
  const until = reading.text(window.until);
  if (from === undefined && until === undefined) reading.wrong(`${field}.window`, 'say from when, or until when');
  return mapOf([
    ['from', from],
    ['until', until],
    ['timeZone', reading.text(window.timeZone)],
    ['variant', reading.text(window.variant)],
  ]);
}
