/** A moment in three ways, because the server does not know the reader's time zone. */
export interface Moment {
  readonly iso: string;
  /** In UTC, to the minute. */
  readonly text: string;
  /** How long before now, in words. */
  readonly ago: string;
}

/** The last instants that dates can tell. */
const LAST = 8.64e15;

/** @param now milliseconds since the epoch */
export function momentOf(instant: number, now: number): Moment {
  // What a store tells may be any number.
  const date = new Date(Math.abs(instant) <= LAST ? instant : 0);
  const iso = date.toISOString();
  return { iso, text: `${iso.slice(0, -8).replace('T', ' ')} UTC`, ago: ago(now - date.getTime()) };
}

const words = new Intl.RelativeTimeFormat('en');

const UNITS = [
  ['minute', 60_000, 120],
  ['hour', 3_600_000, 48],
  ['day', 86_400_000, 60],
  ['month', 2_629_800_000, 24],
] as const;

function ago(milliseconds: number): string {
  if (Math.abs(milliseconds) < 60_000) return 'just now';
  for (const [unit, length, most] of UNITS) {
    const count = Math.trunc(milliseconds / length);
    if (Math.abs(count) < most) return words.format(-count, unit);
  }
  return words.format(-Math.trunc(milliseconds / 31_557_600_000), 'year');
}
