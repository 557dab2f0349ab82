import { LineCounter, parseDocument, stringify } from 'yaml';
import { messageOf } from '../../errors.js';
import type { Attributes } from '../../evaluation/context.js';
import { isPlain } from '../../evaluation/json-value.js';

/** What is wrong with a text, and where. */
export interface TextProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

interface Read {
  /** None when there are problems. */
  readonly attributes: Attributes;
  readonly problems: readonly TextProblem[];
}

/** Longer than what a person types; an address has to hold it. */
const LONGEST = 8_000;

/** Reads attributes as people write them: `name: value` lines, or JSON, both of which are YAML. */
export function readAttributes(text: string): Read {
  if (text.length > LONGEST) return wrong(1, `There is room for ${LONGEST} characters.`);
  try {
    return read(text);
  } catch (error) {
    return wrong(1, messageOf(error));
  }
}

function read(text: string): Read {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      attributes: {},
      problems: document.errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line || 1, message })),
    };
  }
  const attributes: unknown = document.toJS() ?? {};
  if (isPlain(attributes)) return { attributes, problems: [] };
  return wrong(1, 'Write one attribute per line, name and value, with a space after the colon: plan: premium');
}

function wrong(line: number, message: string): Read {
  return { attributes: {}, problems: [{ line, message }] };
}

/** Attributes as lines that {@link readAttributes} reads; `''` for none, and for what cannot be written down. */
export function attributeLines(attributes: Attributes): string {
  if (Object.keys(attributes).length === 0) return '';
  try {
    const text = stringify(attributes, { lineWidth: 0 });
    return text.length > LONGEST ? '' : text;
  } catch {
    return '';
  }
}
