import { Document, isScalar, type ToStringOptions, visit } from 'yaml';

/** How a file is written, as far as it shows. */
export interface Writing {
  /** Whether it is JSON, and has to stay so. */
  readonly json: boolean;
  /** What one level is set in by; empty in JSON that is all in one line. */
  readonly unit: string;
  readonly lineEnd: string;
}

/** Longer lists stand below each other. */
const SHORT = 60;
const PLAIN: ToStringOptions = {
  lineWidth: 0,
  simpleKeys: true,
  blockQuote: false,
  doubleQuotedMinMultiLineLength: 1e9,
};

export function writingOf(text: string): Writing {
  const json = isJson(text);
  const [, unit] = /^(?:\ufeff)?\S.*\r?\n([ \t]+)\S/m.exec(text) ?? [];
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return { json, unit: unit ?? (json && !/\n./.test(text) ? '' : '  '), lineEnd };
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
}

/** Whether a value needs lines of its own below its key. */
export function isTall(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (!Array.isArray(value)) return Object.keys(value).length > 0;
  return (
    value.length > 0 && !(value.every((item) => typeof item !== 'object') && JSON.stringify(value).length <= SHORT)
  );
}

/** A name as a key, without the colon. */
export function keyText(name: string, { json }: Writing): string {
  return json ? JSON.stringify(name) : new Document(new Map([[name, 0]])).toString(PLAIN).slice(0, -': 0\n'.length);
}

/** A value in the middle of a line; JSON that has lines at all goes on below, set in from `pad`. */
export function inline(value: unknown, pad: string, { json, unit, lineEnd }: Writing): string {
  if (!json)
    return documentOf(value)
      .toString({ ...PLAIN, collectionStyle: 'flow' })
      .trimEnd();
  return JSON.stringify(value, null, unit).replaceAll('\n', `${lineEnd}${pad}`);
}

/** A value in lines of its own, each set in by `pad`. */
export function block(value: unknown, pad: string, { unit, lineEnd }: Writing): string {
  const document = documentOf(value);
  visit(document, {
    Seq(_key, list) {
      list.flow = list.items.every(isScalar) && !isTall(list.toJS(document));
    },
    Map(_key, map) {
      map.flow = map.items.length === 0;
    },
  });
  const lines = document.toString({ ...PLAIN, indent: Math.max(unit.length, 1) }).trimEnd();
  return lines
    .split('\n')
    .map((line) => `${pad}${line}`)
    .join(lineEnd);
}

/** A value as a tree; text of several lines is written in one. */
function documentOf(value: unknown): Document {
  const document = new Document(value);
  visit(document, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === 'string' && scalar.value.includes('\n')) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return document;
}
