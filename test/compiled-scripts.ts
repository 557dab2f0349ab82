import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll } from 'vitest';

/**
 * Compiles scripts once for a test file, with what they import of the library: dozens of processes then start in seconds.
 *
 * @returns gives for a script, relative to the working directory, where it stands compiled
 */
export function compiledScripts(): (source: string) => string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gatekeeper-scripts-')));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return (source) => compile(source, folder);
}

function compile(source: string, folder: string): string {
  const target = join(folder, source.replace(/\.ts$/, '.js'));
  if (existsSync(target)) return target;
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };
  const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), { compilerOptions });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, outputText);
  for (const [, imported = ''] of outputText.matchAll(/(?:from|import) '([.][^']+)[.]js'/g)) {
    compile(join(dirname(source), `${imported}.ts`), folder);
  }
  return target;
}
