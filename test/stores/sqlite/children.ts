import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { compiledScripts } from '../../compiled-scripts.js';

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
  const compiled = compiledScripts();
  return (script, args) => {
    const file = compiled(join(SCRIPTS, `${script}.ts`));
    const process = spawn(globalThis.process.execPath, ['--no-warnings', file, ...args]);
    onTestFinished(() => {
      process.kill('SIGKILL');
    });
    return childOf(process);
  };
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
