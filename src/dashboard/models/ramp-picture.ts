import { daysAfter, isTimeZone, minute, parseInstant } from '../../evaluation/instants.js';
import type { ServeDraft, StepDraft } from '../editing/draft.js';

/** How far a picture goes on after the last thing that happens in it, as a part of all before. */
const AFTER = 0.15;
const DAY = 86_400_000;

/** A step of the picture: all in percent of its width and height. */
interface Column {
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  readonly current: boolean;
}

/** What a percentage is over time. */
export interface RampPicture {
  readonly columns: readonly Column[];
  /** Where now is; `undefined` outside the picture. */
  readonly now: number | undefined;
  /** Each step in words. */
  readonly steps: readonly {
    readonly when: string;
    readonly iso: string;
    readonly share: string;
    readonly current: boolean;
  }[];
  /** What it is at the moment, in words. */
  readonly summary: string;
}

interface Step {
  readonly from: number;
  readonly percentage: number;
}

/**
 * The picture of a ramp or a time window; `undefined` for what else may be served, and while the fields make no sense.
 *
 * @param now milliseconds since the epoch
 */
export function rampPicture(serve: ServeDraft, now: number): RampPicture | undefined {
  const steps = stepsOf(serve);
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined || !steps.every(isDrawable) || !isRising(steps)) return undefined;
  // A little of the time before, at 0 %, so that the first step is one.
  const length = Math.max(last.from - first.from, DAY);
  const begin = first.from - length * AFTER;
  const end = last.from + length * AFTER;
  const at = (instant: number): number => rounded(((instant - begin) / (end - begin)) * 100);
  const current = steps.findLast(({ from }) => from <= now);
  return {
    columns: steps.map((step, index) => ({
      x: at(step.from),
      width: rounded(at(steps[index + 1]?.from ?? end) - at(step.from)),
      y: rounded(100 - step.percentage),
      height: rounded(step.percentage),
      current: step === current,
    })),
    now: now >= begin && now <= end ? at(now) : undefined,
    steps: steps.map((step) => ({
      when: minute(step.from),
      iso: new Date(step.from).toISOString(),
      share: `${step.percentage} %`,
      current: step === current,
    })),
    summary: current === undefined ? 'It has not begun: 0 % now.' : `${current.percentage} % now.`,
  };
}

function stepsOf({ kind, days, at, window }: ServeDraft): Step[] {
  const zone = { days, at, window }[kind]?.timeZone.trim() || 'UTC';
  if (!isTimeZone(zone)) return [];
  switch (kind) {
    case 'days':
      return days.steps.filter(isFilled).map(({ from, percentage }) => ({
        from: daysAfter(days.start.trim(), from.trim() === '' ? Number.NaN : Number(from), zone),
        percentage: Number(percentage),
      }));
    case 'at':
      return at.steps.filter(isFilled).map(({ from, percentage }) => ({
        from: parseInstant(from.trim(), zone),
        percentage: Number(percentage),
      }));
    case 'window':
      return windowSteps(window.from.trim(), window.until.trim(), zone);
    default:
      return [];
  }
}

function windowSteps(from: string, until: string, zone: string): Step[] {
  const end = until === '' ? [] : [{ from: parseInstant(until, zone), percentage: 0 }];
  const [last] = end;
  if (from !== '') return [{ from: parseInstant(from, zone), percentage: 100 }, ...end];
  return last === undefined ? [] : [{ from: last.from - 7 * DAY, percentage: 100 }, last];
}

function isFilled({ from, percentage }: StepDraft): boolean {
  return from.trim() !== '' || percentage.trim() !== '';
}

function isDrawable({ from, percentage }: Step): boolean {
  return Math.abs(from) < 8e15 && percentage >= 0 && percentage <= 100;
}

function isRising(steps: readonly Step[]): boolean {
  return steps.every(({ from }, index) => from > (steps[index - 1]?.from ?? Number.NEGATIVE_INFINITY));
}

function rounded(percentage: number): number {
  return Number(percentage.toFixed(3));
}
