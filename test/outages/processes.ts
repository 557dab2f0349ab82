import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { relative } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { compiledScripts } from '../compiled-scripts.js';
import type { StoreSettings } from './children/store-of.js';

/** A process that a test has started. */
export interface Process {
  /** What it told so far, line by line. */
  readonly lines: readonly string[];
  /** The first line that is as wanted, told already or still to come. */
  line(wanted?: (line: string) => boolean): Promise<string>;
  /** Ends it as a crash would; resolves when it is gone. */
  kill(): Promise<void>;
  /** Its exit code; `null` when it was killed. What it wrote to stderr makes this reject. */
  readonly ended: Promise<number | null>;
}

/** What a process is told; a script may want more than the store. */
type Given = { readonly store: StoreSettings } & Readonly<Record<string, unknown>>;

/**
 * What starts scripts as processes, `start(import.meta.resolve('./children/app.ts'), { store })`. Each is compiled once for a test
 * file, with what it imports of the library: dozens of processes then start in seconds.
 */
export function processes(): (script: string, given: Given) => Process {
  const compiled = compiledScripts();
  return (script, given) => {
    const file = compiled(relative(process.cwd(), fileURLToPath(script)));
    const child = spawn(process.execPath, ['--no-warnings', file, JSON.stringify(given)]);
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    return new Child(child);
  };
}

class Child implements Process {
  readonly lines: string[] = [];
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Set<(line: string) => void>();

  constructor(process: ChildProcessWithoutNullStreams) {
    this.#process = process;
    let errors = '';
    process.stderr.on('data', (data) => {
      errors += String(data);
    });
    createInterface(process.stdout).on('line', (line) => {
      this.lines.push(line);
      for (const told of [...this.#waiting]) told(line);
    });
    this.ended = new Promise((done, failed) => {
      process.once('error', failed);
      process.once('close', (code) => (errors === '' ? done(code) : failed(new Error(errors))));
    });
    this.ended.catch(() => undefined);
  }

  async line(wanted: (line: string) => boolean = () => true): Promise<string> {
    const known = this.lines.find(wanted);
    if (known !== undefined) return known;
    let told = (_line: string): void => undefined;
    const coming = new Promise<string>((resolve) => {
      told = (line) => wanted(line) && resolve(line);
    });
    this.#waiting.add(told);
    const over = this.ended.then(() => Promise.reject(new Error(`It ended, having told:\n${this.lines.join('\n')}`)));
    return Promise.race([coming, over]).finally(() => this.#waiting.delete(told));
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.ended;
  }
}
