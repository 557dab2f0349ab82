import { messageOf } from '../errors.js';
import type { Problem } from './snapshot.js';

/** What could not be used of some definitions. */
export class Problems {
  readonly list: Problem[];

  /** @param known what was found before, and still holds */
  constructor(known: readonly Problem[] = []) {
    this.list = [...known];
  }

  /** What is thrown about a definition is, in a tolerant layer, set down and returned. */
  setAside(kind: Problem['kind'], name: string, tolerant: boolean, error: unknown): string {
    if (!tolerant) throw error;
    const message = messageOf(error);
    this.list.push({ kind, name, message });
    return message;
  }
}
