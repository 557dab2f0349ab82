/** Beyond these it is no slip of the fingers, and would take long to find out. */
const LONGEST = 60;
const MOST = 1000;

/** `; did you mean 'x'?` when one of `known` is close to what was written, else nothing. */
export function didYouMean(written: string, known: Iterable<string>): string {
  if (written.length > LONGEST) return '';
  let best: string | undefined;
  let limit = Math.max(1, Math.floor(written.length / 3));
  let looked = 0;
  for (const candidate of known) {
    looked += 1;
    if (looked > MOST) break;
    if (candidate === written || Math.abs(candidate.length - written.length) > limit) continue;
    const between = distance(written.toLowerCase(), candidate.toLowerCase(), limit);
    if (between <= limit) {
      best = candidate;
      limit = between - 1;
    }
  }
  return best === undefined ? '' : `; did you mean '${best}'?`;
}

/**
 * How many characters have to be put in, taken out or changed to get from one word to the other (Levenshtein 1965); something
 * above `limit` as soon as it is sure to be more.
 */
function distance(from: string, to: string, limit: number): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    if (Math.min(...current) > limit) return limit + 1;
    previous = current;
  }
  return previous[to.length] ?? 0;
}
