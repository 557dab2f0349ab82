/** A problem put into words, with a full stop unless it ends in a question or the like already. */
export function sentence(problem: string): string {
  return /[.?!]$/.test(problem) ? problem : `${problem}.`;
}
