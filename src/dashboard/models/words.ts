/** Longer than any name; every word of a search is looked for in everything. */
const LONGEST_SEARCH = 200;

/** What a search box holds. */
export function searchOf(query: URLSearchParams): string {
  return (query.get('q') ?? '').trim().slice(0, LONGEST_SEARCH);
}

/** Tells whether each word of a search is somewhere in a text. */
export function finder(q: string): (text: string) => boolean {
  const words = q.toLowerCase().split(/\s+/);
  return (text) => {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
}
