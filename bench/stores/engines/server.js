/** @import { SpawnOptions } from 'node:child_process' */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A server that runs for as long as the benchmark does. */
export class Server {
  /** @type {import('node:child_process').ChildProcess} */
  #process;

  /**
   * @param {string} executable
   * @param {readonly string[]} args
   * @param {SpawnOptions} options
   */
  constructor(executable, args, options = {}) {
    this.#process = spawn(executable, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    process.once('exit', () => this.#process.kill('SIGINT'));
  }

  /** Resolves once it says that it is ready. */
  async ready() {
    const said = /** @type {string[]} */ ([]);
    await new Promise((resolve, reject) => {
      const hear = (/** @type {Buffer} */ chunk) => {
        said.push(chunk.toString());
        if (chunk.includes('eady to accept connections')) resolve(undefined);
      };
      this.#process.stdout?.on('data', hear);
      this.#process.stderr?.on('data', hear);
      this.#process.once('error', reject);
      this.#process.once('exit', () => reject(new Error(`A server did not start:\n${said.join('')}`)));
    });
    said.length = 0;
  }

  /** Ends it quickly, but in order: both servers take SIGINT so. */
  async stop() {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGINT');
    await exited;
  }
}

/** A port where nothing listened a moment ago. */
export async function freePort() {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  holder.close();
  await once(holder, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
