import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  paths: { 'express-gatekeeper': [join(root, 'src/index.ts')] },
};

/** What the compiler says about the files of a folder that uses the library, as `file:line message`. */
export function compilerErrors(folder: string, ...files: readonly string[]): readonly string[] {
  const program = ts.createProgram(
    files.map((file) => join(folder, file)),
    OPTIONS,
  );
  return files.flatMap((file) => {
    const source = program.getSourceFile(join(folder, file));
    const errors = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return errors.map(({ start, messageText }) => {
      const line = source?.getLineAndCharacterOfPosition(start ?? 0).line ?? -1;
      return `${file}:${line + 1} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}
