import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Starts an app that prints its address, hands the address over, and ends the app again. */
export async function withRunningApp(
  node: string,
  file: string,
  folder: string,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const child = spawn(node, [file], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaints += chunk;
  });
  const closed = once(child, 'close');
  try {
    const started = once(createInterface(child.stdout), 'line') as Promise<[string]>;
    const ended = closed.then(() => {
      throw new Error(`${file} ended before it listened:\n${complaints}`);
    });
    const [url] = await Promise.race([started, ended]);
    await use(url);
  } finally {
    child.kill();
    await closed;
  }
}
