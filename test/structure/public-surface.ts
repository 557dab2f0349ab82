import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { root } from './source-files.js';

/** What each entrance of the package exports, one line per name, as a person would review it. */
export function publicSurface(): string {
  const entrances = readEntrances();
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, host());
  const modules = entrances.filter(({ path }) => path.endsWith('.ts')).map(({ path }) => join(root, path));
  const program = ts.createProgram(modules, config?.options ?? {});
  return entrances
    .map(({ name, path }) => {
      const offers = path.endsWith('.ts') ? exportsOf(program, join(root, path)) : [`file ${path}`];
      return [name, ...offers].join('\n  ');
    })
    .join('\n\n');
}

interface Entrance {
  readonly name: string;
  /** The module in the sources, or the file itself where it is none. */
  readonly path: string;
}

/** Everything that can be imported from the package, from its own list of entrances. */
function readEntrances(): readonly Entrance[] {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    exports: Record<string, string | { default: string }>;
  };
  return Object.entries(manifest.exports).map(([subpath, target]) => ({
    name: posix.join(manifest.name, subpath),
    path: typeof target === 'string' ? target : target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts'),
  }));
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
