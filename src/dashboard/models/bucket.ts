import type { BucketEvidence } from '../../evaluation/explanation.js';

/** A part of the line from 0 to 100 %, in percent. */
interface Band {
  readonly variant: string;
  readonly from: number;
  readonly width: number;
  /** Whether it is what this browser fell to. */
  readonly chosen: boolean;
  /** In words, from where to where, or how much. */
  readonly extent: string;
}

/** How a bucket decided: a picture, and the numbers in words. */
export interface Bucket {
  readonly kind: string;
  readonly unit: string;
  readonly salt: string;
  readonly bands: readonly Band[];
  /** Where on the line the bucket is. A split has none: there each variant draws a number of its own, and the best wins. */
  readonly position: number | undefined;
}

/**
 * @param served what this browser got
 * @param off what those beyond the last cut point get
 */
export function bucketOf(
  { by, unit, salt, position, cutPoints, weights }: BucketEvidence,
  served: string,
  off: string,
): Bucket {
  return {
    kind: KINDS.get(by) ?? by,
    unit: SECRETS.has(by) ? shortened(unit) : unit,
    salt,
    bands: weights
      ? bandsOfSplit(weights, served)
      : bandsBetween([...(cutPoints ?? []), { variant: off, below: 100 }], position),
    position: weights ? undefined : position,
  };
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['userId', 'User id'],
  ['anonymousId', 'Anonymous id'],
  ['sessionId', 'Session id'],
]);

/** Whoever holds one of these is taken for its owner, and pages are photographed. */
const SECRETS = new Set(['anonymousId', 'sessionId']);

function shortened(id: string): string {
  return id.length > 8 ? `${id.slice(0, 6)}…` : id;
}

function bandsBetween(
  cutPoints: readonly { readonly variant: string; readonly below: number }[],
  position: number,
): Band[] {
  return cutPoints.map(({ variant, below }, index) => {
    const from = cutPoints[index - 1]?.below ?? 0;
    const chosen = position >= from && position < below;
    return { variant, from, width: rounded(below - from), chosen, extent: `${from}–${below} %` };
  });
}

function bandsOfSplit(
  weights: readonly { readonly variant: string; readonly weight: number }[],
  served: string,
): Band[] {
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  let from = 0;
  return weights.map(({ variant, weight }) => {
    const width = rounded((weight / total) * 100);
    const band = {
      variant,
      from: rounded(from),
      width,
      chosen: variant === served,
      extent: `${Number(width.toPrecision(4))} %`,
    };
    from += width;
    return band;
  });
}

function rounded(percentage: number): number {
  return Number(percentage.toFixed(4));
}
