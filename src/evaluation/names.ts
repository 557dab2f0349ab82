/** Whether a name has characters that would break a header, a log line or a form. */
export function hasControls(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are looked for
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(name);
}
