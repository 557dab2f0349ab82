import type { HealthReport } from '../../runtime/health.js';
import { linkTo } from './links.js';

/** More than these nobody reads. */
const MOST_PROBLEMS = 20;

/** What keeps flags from being as they were last written down. */
interface Trouble {
  readonly stale: boolean;
  /** Why newer flags cannot be read. */
  readonly cause: string;
  readonly since: { readonly iso: string; readonly text: string } | undefined;
  /** The definitions that are set aside. */
  readonly problems: readonly {
    readonly name: string;
    readonly message: string;
    /** Leads to the flag; `''` for a segment, which is on no page. */
    readonly link: string;
  }[];
  /** How many more there are than are told. */
  readonly more: number;
}

/** @param now milliseconds since the epoch */
export function troubleOf({ status, cause = '', since, problems }: HealthReport, now: number): Trouble | undefined {
  if (status === 'ready') return undefined;
  return {
    stale: status === 'stale',
    cause,
    since: since === undefined ? undefined : whenOf(since, now),
    problems: problems
      .slice(0, MOST_PROBLEMS)
      .map(({ kind, name, message }) => ({ name, message, link: kind === 'flag' ? linkTo(name) : '' })),
    more: Math.max(0, problems.length - MOST_PROBLEMS),
  };
}

/** In two ways, because the server does not know the reader's time zone. */
function whenOf(instant: number, now: number): { readonly iso: string; readonly text: string } {
  const iso = new Date(instant).toISOString();
  return { iso, text: `${iso.slice(0, 16).replace('T', ' ')} UTC, ${ago(now - instant)}` };
}

const words = new Intl.RelativeTimeFormat('en');

function ago(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'less than a minute ago';
  if (minutes < 120) return words.format(-minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? words.format(-hours, 'hour') : words.format(-Math.floor(hours / 24), 'day');
}
