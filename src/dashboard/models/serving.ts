import type { Allocation } from '../../evaluation/allocations/allocation.js';
import { Code } from '../../evaluation/allocations/code.js';
import { Fixed } from '../../evaluation/allocations/fixed.js';
import { Percentage } from '../../evaluation/allocations/percentage.js';
import { Ramp } from '../../evaluation/allocations/ramp.js';
import { Split } from '../../evaluation/allocations/split.js';
import { TimeWindow } from '../../evaluation/allocations/window.js';
import type { VariantSet } from '../../evaluation/variants.js';

/** What part of everyone gets a variant, in percent, as a bar shows it. */
export interface Band {
  readonly variant: string;
  readonly from: number;
  readonly width: number;
  /** Which shade: 0 for the off variant, then 1 to 5 over and over. */
  readonly shade: number;
}

/** What an allocation comes to for all who get to it. */
export interface Serving {
  readonly word: 'on' | 'off' | 'partly' | 'code';
  readonly text: string;
  /** None where all get the same. */
  readonly bands: readonly Band[];
  /** Percentages that are still to come. */
  readonly marks: readonly number[];
  /** Since when all get the same, and will: minus infinity for ever, infinity where they do not. */
  readonly settledSince: number;
}

const SHADES = 5;
const ALWAYS = Number.NEGATIVE_INFINITY;
const NOT_YET = Number.POSITIVE_INFINITY;

/** @param now milliseconds since the epoch */
export function servingOf(allocation: Allocation, variants: VariantSet, now: number): Serving {
  if (allocation instanceof Fixed) return same(allocation.outcome.variant, variants, '', ALWAYS);
  if (allocation instanceof Percentage) {
    const { percentage, inside } = allocation;
    return share(inside.variant, percentage, variants, `${percent(percentage)} get ${inside.variant}`);
  }
  if (allocation instanceof Split) return split(allocation, variants);
  if (allocation instanceof Ramp) return ramp(allocation, variants, now);
  if (allocation instanceof TimeWindow) return timeWindow(allocation, variants, now);
  const text = allocation instanceof Code ? 'its code decides' : 'it depends';
  return { word: 'code', text, bands: [], marks: [], settledSince: NOT_YET };
}

function same(variant: string, { off }: VariantSet, more: string, settledSince: number): Serving {
  const word = variant === off ? 'off' : 'on';
  return { word, text: `everyone gets ${variant}${more}`, bands: [], marks: [], settledSince };
}

function share(variant: string, percentage: number, variants: VariantSet, text: string): Serving {
  const weights = [
    { variant, weight: percentage },
    { variant: variants.off, weight: 100 - percentage },
  ];
  return { word: 'partly', text, bands: bandsOf(weights, variants), marks: [], settledSince: NOT_YET };
}

function split({ shares }: Split, variants: VariantSet): Serving {
  const bands = bandsOf(shares, variants);
  const text = bands.map(({ variant, width }) => `${variant} ${percent(Number(width.toPrecision(3)))}`).join(', ');
  return { word: 'partly', text, bands, marks: [], settledSince: NOT_YET };
}

function ramp(allocation: Ramp, variants: VariantSet, now: number): Serving {
  const { variant } = allocation.inside;
  const { from = 0, percentage = 0 } = allocation.stepAt(now) ?? {};
  const later = allocation.steps.filter((step) => step.from > now);
  const [next] = later;
  const then = next === undefined ? '' : `, ${percent(next.percentage)} from ${day(next.from)}`;
  const settledSince = next === undefined ? from : NOT_YET;
  const marks = later.map((step) => step.percentage);
  if (percentage === 0) {
    const text = next === undefined ? '' : `, and ${percent(next.percentage)} ${variant} from ${day(next.from)}`;
    return { ...same(variants.off, variants, text, settledSince), marks };
  }
  if (percentage === 100) return { ...same(variant, variants, ` since ${day(from)}${then}`, settledSince), marks };
  const text = `ramp: ${percent(percentage)} get ${variant} today${then}`;
  return { ...share(variant, percentage, variants, text), marks };
}

function timeWindow({ from, until, inside }: TimeWindow, variants: VariantSet, now: number): Serving {
  const { variant } = inside;
  const end = until === NOT_YET ? '' : ` until ${day(until)}`;
  if (now < from) return same(variants.off, variants, `, and ${variant} from ${day(from)}${end}`, NOT_YET);
  if (now >= until) return same(variants.off, variants, `: ${variant} ended ${day(until)}`, until);
  return same(variant, variants, end, until === NOT_YET ? from : NOT_YET);
}

function bandsOf(
  shares: readonly { readonly variant: string; readonly weight: number }[],
  variants: VariantSet,
): Band[] {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  let before = 0;
  return shares.map(({ variant, weight }) => {
    const from = percentage(before / total);
    before += weight;
    return { variant, from, width: percentage(weight / total), shade: shadeOf(variant, variants) };
  });
}

function shadeOf(variant: string, { names, off }: VariantSet): number {
  return variant === off ? 0 : (names.filter((name) => name !== off).indexOf(variant) % SHADES) + 1;
}

/** With a space that no line breaks at. */
function percent(percentage: number): string {
  return `${percentage}\u00a0%`;
}

function percentage(part: number): number {
  return Number((part * 100).toFixed(3));
}

/** To the minute where it is not midnight. Definitions may name times beyond what dates can tell. */
function day(instant: number): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return 'the end of time';
  const [text, time] = date.toISOString().slice(0, -8).split('T');
  return time === '00:00' ? `${text}` : `${text} ${time} UTC`;
}
