import { safeText } from './safe-text.js';

const CODES = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const;

export type Style = keyof typeof CODES;

/** Text and how it looks. */
export interface Styled {
  readonly text: string;
  readonly style: Style;
}

/** A piece of a line. What is in it is never taken for commands to the terminal. */
export type Part = string | Styled;

export function textOf(part: Part): string {
  return safeText(typeof part === 'string' ? part : part.text);
}

export function painted(part: Part, colors: boolean, text = textOf(part)): string {
  return typeof part === 'string' || !colors ? text : `\u001b[${CODES[part.style]}m${text}\u001b[0m`;
}
