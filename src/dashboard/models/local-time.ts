import { isTimeZone, parseInstant } from '../../evaluation/instants.js';

/** A date and a time as a form has them: by the clocks of a zone, or with an offset of its own. */
export interface LocalTime {
  /** As `<input type="datetime-local">` takes it. */
  readonly at: string;
  readonly zone: string;
}

interface TimeProblem {
  readonly field: 'at' | 'zone';
  readonly message: string;
}

type ReadTime = LocalTime & { readonly instant: number; readonly problem: TimeProblem | undefined };

/**
 * Reads `at` and `zone` of an address.
 *
 * @param now what is meant when nothing is said, in milliseconds since the epoch
 */
export function readLocalTime(query: URLSearchParams, now: number): ReadTime {
  const at = (query.get('at') ?? '').trim();
  const zone = (query.get('zone') ?? '').trim() || 'UTC';
  if (!isTimeZone(zone)) {
    return {
      at,
      zone,
      instant: now,
      problem: { field: 'zone', message: 'There is no such time zone. Write one like Europe/Stockholm, or UTC.' },
    };
  }
  if (at === '') return { at: localText(now - (now % 60_000), zone), zone, instant: now, problem: undefined };
  const instant = parseInstant(at, zone);
  if (Number.isNaN(instant)) {
    return {
      at,
      zone,
      instant: now,
      problem: { field: 'at', message: 'Write a date and a time, such as 2027-03-31T14:05.' },
    };
  }
  return { at: localText(instant, zone), zone, instant, problem: undefined };
}

/** An instant by the clocks of a zone, no finer than it is. */
function localText(instant: number, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const shown = new Map(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => shown.get(type) ?? '';
  const milliseconds = ((instant % 1000) + 1000) % 1000;
  const fraction = milliseconds === 0 ? '' : `.${String(milliseconds).padStart(3, '0')}`;
  const seconds = part('second') === '00' && fraction === '' ? '' : `:${part('second')}${fraction}`;
  const day = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  return `${day}T${part('hour')}:${part('minute')}${seconds}`;
}

/** All zones that can be chosen. */
export function timeZones(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
}
