import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
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
import { createInterface } from 'node:readline';
import ts from 'typescript';
import { afterAll, onTestFinished } from 'vitest';

const SCRIPTS = 'test/stores/sqlite/children';

export interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  /** What it printed so far, line by line. */
  readonly lines: string[];
  /** The next line it prints. */
  line(): Promise<string>;
  /** Its exit code; `null` when it was killed. What it wrote to stderr makes this reject. */
  readonly ended: Promise<number | null>;
}

/**
 * What starts the scripts in `children/` as processes. Each is compiled once for a test file, with what it imports of the library:
 * a hundred processes then start in seconds.
 *
 * @returns starts one; it is killed after the test if it is still there
 */
export function children(): (script: string, args: readonly string[]) => Child {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gatekeeper-children-')));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return (script, args) => {
    compile(join(SCRIPTS, script), folder);
    const file = join(folder, SCRIPTS, `${script}.js`);
    const process = spawn(globalThis.process.execPath, ['--no-warnings', file, ...args]);
    onTestFinished(() => {
      process.kill('SIGKILL');
    });
    return childOf(process);
  };
}

function compile(module: string, folder: string): void {
  const target = join(folder, `${module}.js`);
  if (existsSync(target)) return;
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(readFileSync(`${module}.ts`, 'utf8'), { compilerOptions });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, outputText);
  for (const [, imported = ''] of outputText.matchAll(/ from '([.][^']+)[.]js'/g)) {
    compile(join(dirname(module), imported), folder);
  }
}

function childOf(process: ChildProcessWithoutNullStreams): Child {
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  createInterface(process.stdout).on('line', (line) => {
    lines.push(line);
    waiting.shift()?.(line);
  });
  let errors = '';
  process.stderr.on('data', (data) => {
    errors += String(data);
  });
  const ended = new Promise<number | null>((done, failed) => {
    process.once('error', failed);
    process.once('close', (code) => (errors === '' ? done(code) : failed(new Error(errors))));
  });
  // Whoever waits for a line learns of it too.
  const line = (): Promise<string> =>
    Promise.race([
      new Promise<string>((told) => waiting.push(told)),
      ended.then(() => Promise.reject(new Error('The child ended without another line.'))),
    ]);
  ended.catch(() => undefined);
  return { process, lines, line, ended };
}
