import { Document, isMap, isSeq, visit } from 'yaml';

/** What fits is written on one line. */
const LINE = 72;

/** A definition as people write it by hand: short maps and lists on one line, rules one below the other. */
export function yamlOf(definition: Readonly<Record<string, unknown>>): string {
  const document = new Document(definition, { aliasDuplicateObjects: false });
  visit(document, {
    Collection: (_key, node, path) => {
      const isRules = isSeq(node) && node.items.some(isMap);
      if (path.length > 1 && !isRules && widthOf(node.toJSON()) <= LINE) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 }).trimEnd();
}

function widthOf(value: unknown): number {
  return JSON.stringify(value)
    .replace(/"/g, '')
    .replace(/[:,{}]/g, '$& ').length;
}
