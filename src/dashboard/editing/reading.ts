import type { Problem } from './problem.js';
import { type Notation, readField, readLines, texts } from './typed-text.js';

/** Reads the fields of one form, and keeps in mind what is wrong with them. */
export class Reading {
  readonly problems: Problem[] = [];

  wrong(field: string, message: string): undefined {
    this.problems.push({ field, message });
    return undefined;
  }

  text(typed: string): string | undefined {
    return readField(typed, texts);
  }

  lines<Value>(typed: string, notation: Notation<Value>): Value[] | undefined {
    return readLines(typed, notation);
  }

  /** A text that has to be there. */
  needed(typed: string, field: string, what: string): string {
    const text = readField(typed, texts);
    if (text === undefined) this.wrong(field, `${what} is missing`);
    return text ?? '';
  }

  /** A number that has to be there. */
  number(typed: string, field: string, what: string): number {
    const number = typed.trim() === '' ? Number.NaN : Number(typed.trim().replace(',', '.').replace(/\s*%$/, ''));
    if (!Number.isFinite(number)) this.wrong(field, `${what} is a number`);
    return number;
  }

  truth(typed: string): boolean | undefined {
    return typed === 'true' || typed === 'false' ? typed === 'true' : undefined;
  }

  json(typed: string, field: string, message: string): unknown {
    try {
      return JSON.parse(typed);
    } catch {
      return this.wrong(field, message);
    }
  }
}

/** A map of what is there, in this order. */
export function mapOf(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  return Object.fromEntries([...entries].filter(([, value]) => value !== undefined));
}
