import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export interface Import {
  /** A path inside `src/`, or the name of a package or of one of Node's modules. */
  readonly target: string;
  readonly internal: boolean;
  /** Leaves no trace in the compiled file. */
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** Path inside `src/`, with forward slashes. */
  readonly path: string;
  readonly room: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

export const root = fileURLToPath(new URL('../../', import.meta.url));
const source = join(root, 'src');

export function readSource(): readonly SourceFile[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => path.split(sep).join('/'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(source, path), 'utf8');
      const lines = text.trimEnd().split('\n').length;
      return { path, room: roomOf(path), lines, imports: importsOf(path, text) };
    });
}

/** The folder of a path inside `src/`; the files at the top have none. */
export function roomOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

/** Everything the text of the file at `path` imports, in whatever form. */
export function importsOf(path: string, text: string): readonly Import[] {
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    const found = importIn(node);
    if (found) imports.push(resolve(path, ...found));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return imports;
}

/**
 * What a node imports and whether types are all it takes; also `import('…')`, as a call and as a type. Only a whole
 * `import type` counts as types: `import { type A }` still loads the module.
 */
function importIn(node: ts.Node): readonly [specifier: string, typeOnly: boolean] | undefined {
  if (ts.isImportDeclaration(node)) return named(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
  if (ts.isExportDeclaration(node)) return named(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node)) return named(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node, true);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return named(node.arguments[0], false);
  }
  return undefined;
}

function named(node: ts.Node | undefined, typeOnly: boolean): readonly [string, boolean] | undefined {
  return node && ts.isStringLiteralLike(node) ? [node.text, typeOnly] : undefined;
}

function resolve(path: string, specifier: string, typeOnly: boolean): Import {
  const internal = specifier.startsWith('.');
  const target = internal ? posix.join(dirname(path), specifier).replace(/\.js$/, '.ts') : specifier;
  return { target, internal, typeOnly };
}
