import { timingSafeEqual } from 'node:crypto';

/**
 * Whether two texts are the same, found out in a time that does not tell where they differ. Compares the texts, not what they
 * decode to: base64 has more than one spelling for the same bytes.
 */
export function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
