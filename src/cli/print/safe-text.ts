/** Controls, and what turns the direction of writing: they speak to a terminal, or make text read as another. */
const UNSAFE = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text of whatever origin, on one line, as a terminal may show it. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, escaped);
}

/** The same for text of several lines. */
export function safeLines(text: string): string {
  return text.replace(UNSAFE, (character) => (character === '\n' ? character : escaped(character)));
}

/** JSON that means the same and is safe on a terminal: what is unsafe can only stand in quotes. */
export function safeJson(value: unknown, indent?: number): string {
  return safeLines(JSON.stringify(value, null, indent));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
