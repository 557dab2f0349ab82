import { shareQuery } from './links.js';
import type { Override } from './override.js';

/** What a redirect says was done. A fixed set, so that no link can put words on the page. */
export type Done = 'set' | 'cleared' | 'cleared-all';

interface Note {
  /** `lost`: it was set, but the browser did not bring it back. */
  readonly code: Done | 'lost';
  readonly flag: string;
  readonly variant: string;
  /** The query of the page that offers the same to somebody else. */
  readonly share: string;
}

/**
 * The note on what was just done. Looked up in what is so, not believed: a link with `?done=` can at most say something true.
 */
export function noteOf(
  query: URLSearchParams,
  flags: ReadonlyMap<string, unknown>,
  overrides: ReadonlyMap<string, Override>,
): Note | undefined {
  const done = query.get('done');
  const flag = query.get('flag') ?? '';
  const variant = overrides.get(flag)?.variant ?? '';
  const about = { flag, variant, share: shareQuery(flag, variant) };
  if (done === 'cleared-all') return overrides.size === 0 ? { code: done, ...about } : undefined;
  if (!flags.has(flag)) return undefined;
  if (done === 'set') return { code: variant ? 'set' : 'lost', ...about };
  return done === 'cleared' && !variant ? { code: done, ...about } : undefined;
}
