/** An instant for people: to the second, the same in every time zone. */
export function instantOf(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? 'at some time' : date.toISOString().replace(/\.\d+/, '');
}
