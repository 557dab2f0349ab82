import { lineIn } from '../editing/yaml-definition.js';

/** How many lines are shown before and after the one that is meant. */
const AROUND = 2;

/** The lines of a text that a message is about. */
export interface Excerpt {
  readonly line: number;
  readonly lines: readonly { readonly number: number; readonly text: string; readonly meant: boolean }[];
}

/** @returns `undefined` when the message does not tell where */
export function excerptOf(text: string, message: string): Excerpt | undefined {
  const line = lineIn(text, message);
  if (line === undefined) return undefined;
  const lines = text
    .split(/\r\n?|\n/)
    .map((words, index) => ({ number: index + 1, text: words, meant: index + 1 === line }))
    .filter(({ number }) => Math.abs(number - line) <= AROUND);
  return { line, lines };
}
