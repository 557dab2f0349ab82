import type { BucketEvidence } from '../../evaluation/explanation.js';

/** What one variant has of the whole, in percent. */
interface Part {
  readonly variant: string;
  readonly from: number;
  readonly width: number;
  /** In words: from where to where, or how much. */
  readonly extent: string;
}

interface Band extends Part {
  /** Whether it is what this browser fell to. */
  readonly chosen: boolean;
}

/** How a bucket decided: what to draw, and the same in words. */
export interface Bucket {
  /** What the unit is, e.g. `User id`. */
  readonly kind: string;
  readonly unit: string;
  readonly salt: string;
  readonly bands: readonly Band[];
  /** Where on the line the bucket is. In a split it is nowhere: there each variant draws a number, and the best wins. */
  readonly position: number | undefined;
}

/**
 * @param served what this browser got
 * @param off what those above the last cut point get
 */
export function bucketOf(evidence: BucketEvidence, served: string, off: string): Bucket {
  const { by, unit, salt, position, cutPoints = [], weights } = evidence;
  const parts = weights ? sharesOf(weights) : stretchesOf([...cutPoints, { variant: off, below: 100 }]);
  return {
    kind: KINDS.get(by) ?? by,
    unit: SECRETS.has(by) ? shortened(unit) : unit,
    salt,
    bands: parts.map((part) => ({ ...part, chosen: part.variant === served })),
    position: weights ? undefined : position,
  };
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['userId', 'User id'],
  ['anonymousId', 'Anonymous id'],
  ['sessionId', 'Session id'],
]);

/** Whoever holds one of these is taken for its owner, and pages end up in screenshots. */
const SECRETS: ReadonlySet<string> = new Set(['anonymousId', 'sessionId']);

export function shortened(id: string): string {
  return id.length > 8 ? `${id.slice(0, 6)}…` : id;
}

function stretchesOf(cutPoints: NonNullable<BucketEvidence['cutPoints']>): Part[] {
  return cutPoints.map(({ variant, below }, index) => {
    const from = cutPoints[index - 1]?.below ?? 0;
    return { variant, from, width: rounded(below - from), extent: `${from}–${below} %` };
  });
}

function sharesOf(weights: NonNullable<BucketEvidence['weights']>): Part[] {
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  let before = 0;
  return weights.map(({ variant, weight }) => {
    const from = rounded((before / total) * 100);
    const width = rounded((weight / total) * 100);
    before += weight;
    return { variant, from, width, extent: `${Number(width.toPrecision(3))} %` };
  });
}

function rounded(percentage: number): number {
  return Number(percentage.toFixed(4));
}
