/** Whether a name has characters that would break a header, a log line or a form: controls, and halves of characters. */
export function hasUnsafeCharacters(name: string): boolean {
  return /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name);
}
