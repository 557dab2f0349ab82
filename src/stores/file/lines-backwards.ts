import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { codeOf } from './file-failure.js';

const CHUNK = 64 * 1024;
const NEWLINE = 0x0a;

/** A line of a file, without its end. */
export interface Line {
  readonly text: string;
  /** Where the next one begins, in bytes. */
  readonly end: number;
}

/** The lines of a file, the last one first, read as far as they are asked for. A last line without an end is none: it was cut off. */
export function* linesBackwards(path: string): Generator<Line> {
  const file = opened(path);
  if (file === undefined) return;
  try {
    let position = fstatSync(file).size;
    /** What is read and not yet told: it begins at `position`. */
    let rest: Buffer = Buffer.alloc(0);
    let end: number | undefined;
    while (position > 0) {
      const length = Math.min(Math.max(CHUNK, rest.length), position);
      const chunk = Buffer.alloc(length);
      position -= length;
      const read = readSync(file, chunk, 0, length, position);
      // Shortened meanwhile, by one who writes: nothing is left here that was not about to go.
      rest = read < length ? chunk.subarray(0, read) : Buffer.concat([chunk, rest]);
      if (read < length) end = undefined;
      for (let at = rest.lastIndexOf(NEWLINE); at !== -1; at = rest.lastIndexOf(NEWLINE)) {
        if (end !== undefined) yield { text: rest.toString('utf8', at + 1), end };
        end = position + at + 1;
        rest = rest.subarray(0, at);
      }
    }
    if (end !== undefined) yield { text: rest.toString('utf8'), end };
  } finally {
    closeSync(file);
  }
}

function opened(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
