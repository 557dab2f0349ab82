import { Document, visit } from 'yaml';
import { safeLines, safeText } from './safe-text.js';

/** YAML that reads back as `value` and is safe on a terminal. */
export function yamlOf(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_key, scalar) {
      // In double quotes every character can be written as its number.
      if (typeof scalar.value === 'string' && safeText(scalar.value) !== scalar.value) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return safeLines(document.toString({ lineWidth: 0, doubleQuotedAsJSON: true })).trimEnd();
}
