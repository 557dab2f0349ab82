import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './source-files.js';

/** What each entrance of the package exports, one line per name, as a person would review it. */
export function publicSurface(): string {
  const entrances = readEntrances();
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, host());
  const program = ts.createProgram([...entrances.values()], config?.options ?? {});
  return [...entrances].map(([subpath, file]) => [subpath, ...exportsOf(program, file)].join('\n  ')).join('\n\n');
}

/** Subpath → source file, from the package's own list of entrances. */
function readEntrances(): Map<string, string> {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    exports: Record<string, string | { default: string }>;
  };
  const entrances = new Map<string, string>();
  for (const [subpath, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string') continue;
    const source = target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts');
    entrances.set(join(manifest.name, subpath), join(root, source));
  }
  return entrances;
}

function exportsOf(program: ts.Program, file: string): readonly string[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} is no module, but package.json exports it`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => `${kindOf(checker, symbol)} ${symbol.name}`)
    .sort();
}

function kindOf(checker: ts.TypeChecker, symbol: ts.Symbol): string {
  // A class that is exported as a type can be named but not extended.
  if (symbol.declarations?.some(ts.isTypeOnlyExportDeclaration)) return 'type';
  const { flags } = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if (flags & ts.SymbolFlags.Class) return 'class';
  if (flags & ts.SymbolFlags.Function) return 'function';
  if (flags & ts.SymbolFlags.Value) return 'const';
  return 'type';
}

function host(): ts.ParseConfigFileHost {
  return {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
    },
  };
}
