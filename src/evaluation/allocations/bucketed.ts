import type { Dice } from '../bucketing.js';
import type { Outcome } from '../details.js';
import type { Subject } from '../subject.js';
import { unitOf } from '../unit.js';
import type { Note } from './allocation.js';

/** By what, and with which salt, a flag puts people into buckets. */
export interface Buckets {
  readonly dice: Dice;
  /** `undefined`: by the user id, for visitors by the anonymous id. */
  readonly by: string | undefined;
  /** Served where there is nothing to bucket by: never a bucket shared by strangers. */
  readonly unitless: Outcome;
}

/** What {@link Buckets} bucket this subject by; notes when there is nothing. */
export function unitIn(subject: Subject, { by, unitless }: Buckets, note?: Note): string | undefined {
  const unit = unitOf(subject, by);
  if (unit === undefined) {
    note?.(`There is no ${by ?? 'user or anonymous id'} to bucket by, so ${unitless.variant} is served.`);
  }
  return unit;
}

/** What kind of thing was hashed. */
export function unitKind(subject: Subject, { by }: Buckets): string {
  return by ?? (subject.userKey === undefined ? 'anonymousId' : 'userId');
}

/** A position on the 32-bit line as a percentage of it. */
export function asPercentage(position: number): number {
  return Number(((position / 2 ** 32) * 100).toFixed(4));
}
