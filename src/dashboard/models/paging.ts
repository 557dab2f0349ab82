/** One page of a list. */
export interface Paged<Item> {
  readonly items: readonly Item[];
  /** How many there are on all pages. */
  readonly found: number;
  readonly page: number;
  readonly pages: number;
  /** Queries of the neighbouring pages, `undefined` at the ends. */
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** The page that `page` of the query asks for: it counts from 1, and is kept inside. The rest of the query stays as it is. */
export function pageOf<Item>(all: readonly Item[], query: URLSearchParams, perPage: number): Paged<Item> {
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const page = Math.min(Math.max(1, Math.floor(Number(query.get('page'))) || 1), pages);
  const link = (to: number): string => {
    const linked = new URLSearchParams(query);
    linked.set('page', String(to));
    return linked.toString();
  };
  return {
    items: all.slice((page - 1) * perPage, page * perPage),
    found: all.length,
    page,
    pages,
    previous: page > 1 ? link(page - 1) : undefined,
    next: page < pages ? link(page + 1) : undefined,
  };
}
