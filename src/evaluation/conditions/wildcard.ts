/** Whether a value of a definition stands for more than itself. */
export function hasWildcard(value: unknown): value is string {
  return typeof value === 'string' && value.includes('*');
}

/**
 * A matcher for text with `*` for any run of characters, the empty one included. No regular expressions: the time is linear
 * in the text for each part, whatever is written.
 */
export function wildcard(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let from = first.length;
    for (const part of middle) {
      const found = text.indexOf(part, from);
      if (found === -1 || found + part.length > end) return false;
      from = found + part.length;
    }
    return true;
  };
}
