import { createHash } from 'node:crypto';

/** Where a flag stands on its page. A name may hold anything, an `id` and a `#fragment` may not; hence its hash. */
export function anchorOf(flag: string): string {
  return `f-${createHash('sha256').update(flag).digest('base64url').slice(0, 12)}`;
}

/** To the page of one flag. */
export function linkTo(flag: string): string {
  return `flag?${new URLSearchParams({ name: flag })}`;
}

/** The query of the page that offers a variant to somebody else. */
export function shareQuery(flag: string, variant: string): string {
  return new URLSearchParams({ flag, variant }).toString();
}
