import { spawn } from 'node:child_process';

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  /** Everything it printed, in order, for messages. */
  readonly output: string;
}

/** Runs a command to its end, whatever that is. */
export function attempt(command: string, args: readonly string[], cwd: string): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, output }));
  });
}

/** Runs a command that has to succeed, and gives what it printed. */
export async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { status, stdout, output } = await attempt(command, args, cwd);
  if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" in ${cwd} ended with ${status}:\n${output}`);
  return stdout;
}
