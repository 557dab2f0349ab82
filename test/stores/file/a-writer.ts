import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const script = fileURLToPath(new URL('./writer.ts', import.meta.url));
const args = ['--import', import.meta.resolve('tsx'), script];

/** Another process that counts in a file of flags. */
export interface Writer {
  readonly process: ChildProcess;
  /** What was acknowledged, in order. */
  readonly acknowledged: readonly number[];
  readonly ready: Promise<void>;
  /** Resolves, once it is gone, with its exit code; `null` when it was killed. */
  readonly gone: Promise<number | null>;
}

/** @param count how often it adds one */
export function aWriter(path: string, who: string, count: number, user?: number): Writer {
  const child = spawn(process.execPath, [...args, path, who, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const acknowledged: number[] = [];
  let tellReady = (): void => undefined;
  const gone = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  const ready = new Promise<void>((resolve, reject) => {
    tellReady = resolve;
    gone.then((code) => reject(new Error(`The writer ended with ${code} before it began.`)), reject);
  });
  ready.catch(() => undefined);
  createInterface(child.stdout).on('line', (line) => {
    if (line === 'ready') tellReady();
    else acknowledged.push(Number(line));
  });
  return { process: child, acknowledged, ready, gone };
}
