import type { FlagDefinition } from '../../evaluation/definition/schema.js';
import type { RampDefinition } from '../../evaluation/definition/serve-schema.js';
import { blank, type ServeDraft } from './draft.js';
import { texts } from './typed-text.js';

/** What is served, as fields. */
export function serveDraft(serve: FlagDefinition['serve']): ServeDraft {
  const draft = blank.serve();
  if (serve === undefined) return draft;
  if (serve === null) return { ...draft, kind: 'null' };
  if (typeof serve === 'string') return { ...draft, kind: 'variant', fixed: { variant: texts.typed(serve) } };
  const { percentage, split, ramp, from, until, timeZone } = serve;
  const variant = typed(serve.variant);
  if (percentage !== undefined) {
    return { ...draft, kind: 'percentage', percentage: { percentage: String(percentage), variant } };
  }
  if (split !== undefined) return { ...draft, kind: 'split', split: { weights: weightsOf(split) } };
  if (ramp !== undefined) return { ...draft, ...rampDraft(ramp) };
  const window = { from: typed(from), until: typed(until), timeZone: typed(timeZone), variant };
  return { ...draft, kind: 'window', window };
}

function weightsOf(split: Readonly<Record<string, number>>): ServeDraft['split']['weights'] {
  return Object.entries(split).map(([variant, weight]) => ({ variant: texts.typed(variant), weight: String(weight) }));
}

function rampDraft({ start, days, at, ...ramp }: RampDefinition): Partial<ServeDraft> {
  const timeZone = typed(ramp.timeZone);
  const variant = typed(ramp.variant);
  if (days !== undefined) {
    const steps = days.map(([day, percentage]) => blank.step(String(day), String(percentage)));
    return { kind: 'days', days: { start: typed(start), timeZone, variant, steps } };
  }
  const steps = (at ?? []).map(([instant, percentage]) => blank.step(typed(instant), String(percentage)));
  return { kind: 'at', at: { timeZone, variant, steps } };
}

function typed(text: string | undefined): string {
  return text === undefined ? '' : texts.typed(text);
}
