import { type CompiledFlag, descriptionOf } from '../../evaluation/compiled-flag.js';

const PER_PAGE = 100;

/** Longer than any name; every word of a search is looked for in every flag. */
const LONGEST_SEARCH = 200;

/** As people sort: `a` beside `A`, `step-2` before `step-10`. */
const { compare } = new Intl.Collator('en', { numeric: true });

/** The flags that a search found, one page of them. */
interface Listing {
  readonly q: string;
  readonly flags: readonly CompiledFlag[];
  readonly found: number;
  readonly page: number;
  readonly pages: number;
  /** Queries of the neighbouring pages, `undefined` at the ends. */
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/**
 * `q` is words, each of which must be somewhere in what the row says; a flag of exactly that name comes first. `page` counts
 * from 1 and is kept inside.
 */
export function listingOf(flags: Iterable<CompiledFlag>, query: URLSearchParams): Listing {
  const q = (query.get('q') ?? '').trim().slice(0, LONGEST_SEARCH);
  const found = [...flags]
    .filter(matcher(q))
    .sort((a, b) => Number(b.name === q) - Number(a.name === q) || compare(a.name, b.name));
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
  const page = Math.min(Math.max(1, Math.floor(Number(query.get('page'))) || 1), pages);
  const link = (to: number): string => new URLSearchParams({ ...(q && { q }), page: String(to) }).toString();
  return {
    q,
    flags: found.slice((page - 1) * PER_PAGE, page * PER_PAGE),
    found: found.length,
    page,
    pages,
    previous: page > 1 ? link(page - 1) : undefined,
    next: page < pages ? link(page + 1) : undefined,
  };
}

function matcher(q: string): (flag: CompiledFlag) => boolean {
  const words = q.toLowerCase().split(/\s+/);
  return (flag) => {
    const { kind, owner, tags = [] } = flag.about ?? {};
    const text = [flag.name, descriptionOf(flag), kind ?? flag.config?.kind, owner, ...tags].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
