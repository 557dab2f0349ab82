/** ISO 8601: a date, or a date and time, with or without seconds, fractions and offset. */
const PATTERN =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/;

const DAY = 86_400_000;
/** The last instants that dates can tell, with room for the days around them. */
const LAST = 8.64e15 - 10 * DAY;

/** Whether `text` names an instant that exists: `2026-02-30` does not. */
export function isInstant(text: string): boolean {
  return Number.isFinite(parseInstant(text, 'UTC'));
}

export function isTimeZone(name: string): boolean {
  try {
    clocksIn(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The instant that `text` names, in milliseconds since the epoch; `NaN` when it names none. Without an offset it is local time
 * in `timeZone`: a time that a change of clocks skips is taken as the moment of the change plus the rest, one that comes twice
 * as the first.
 */
export function parseInstant(text: string, timeZone: string): number {
  const { local, ahead } = read(text);
  return ahead === undefined ? fromLocal(local, timeZone) : local - ahead;
}

/**
 * The instant `days` after the one that `text` names. In a time zone a day later is the same time by its clocks, be it 23 or 25
 * hours away; a part of a day is so much of 24 hours, but never beyond the day after. In UTC all days have 24 hours.
 */
export function daysAfter(text: string, days: number, timeZone: string): number {
  const start = parseInstant(text, timeZone);
  const end = start + days * DAY;
  // Beyond what dates can tell nobody minds an hour.
  if (timeZone === 'UTC' || !(end < LAST)) return end;
  const { local, ahead } = read(text);
  const first = ahead === undefined ? local : start + offsetAt(start, timeZone);
  const day = (count: number): number => (count === 0 ? start : fromLocal(first + count * DAY, timeZone));
  const whole = Math.floor(days);
  return whole === days ? day(whole) : Math.min(day(whole) + (days - whole) * DAY, day(whole + 1));
}

/** Text taken apart. */
interface Reading {
  /** The wall time, written as if it were UTC; `NaN` when there is none such. */
  readonly local: number;
  /** How far it is ahead of UTC, in milliseconds, when it says so. */
  readonly ahead: number | undefined;
}

const NOTHING: Reading = { local: Number.NaN, ahead: 0 };

function read(text: string): Reading {
  const parts = PATTERN.exec(text);
  if (parts === null) return NOTHING;
  const [year, month, day, hour, minute, second, fraction] = parts.slice(1, 8).map((part) => part ?? '0');
  const milliseconds = Number((fraction ?? '0').padEnd(3, '0'));
  const local = utc(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    milliseconds,
  );
  const date = new Date(local);
  const isDay = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!isDay || !isTime) return NOTHING;
  const offset = parts[8];
  return { local, ahead: offset === undefined ? undefined : offsetMinutes(offset) * 60_000 };
}

/** An instant for people, in UTC, to the minute. */
export function minute(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Like `Date.UTC`, which takes the first hundred years for the twentieth century. */
function utc(year: number, month: number, ...rest: readonly [number, number, number, number, number]): number {
  const [day, ...time] = rest;
  const date = new Date(Date.UTC(2000, 0, 1, ...time));
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0;
  const digits = offset.replace(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return offset.startsWith('-') ? -minutes : minutes;
}

/** Finds the instant at which clocks in `timeZone` show `local`, which is that wall time written as if it were UTC. */
function fromLocal(local: number, timeZone: string): number {
  if (timeZone === 'UTC') return local;
  // The offset in force a day before and a day after: between them lies at most one change of clocks.
  const before = local - offsetAt(local - DAY, timeZone);
  const after = local - offsetAt(local + DAY, timeZone);
  if (before + offsetAt(before, timeZone) === local) return before;
  return after + offsetAt(after, timeZone) === local ? after : before;
}

/** How far clocks in `timeZone` are ahead of UTC at `instant`, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const shown = Object.fromEntries(
    clocksIn(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

/** Made once: it takes long, and most definitions are in one zone. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError there is no such time zone */
function clocksIn(timeZone: string): Intl.DateTimeFormat {
  let format = clocks.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    // A zone may be written in many ways.
    if (clocks.size < 100) clocks.set(timeZone, format);
  }
  return format;
}
