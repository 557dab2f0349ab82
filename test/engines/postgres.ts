import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { describeWith } from './describe-with.js';
import { postgresEngine } from './engines.js';

/** Postgres refuses to run as root: then it runs as `nobody`. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

interface ServerOptions {
  /** Whether what is committed survives a power cut; slower, and nothing to tests that only end the process. */
  readonly durable?: boolean;
}

/** A server of the test's own, in a temporary folder. */
export class PostgresServer {
  readonly port: number;
  readonly #executable: string;
  readonly #folder: string;
  readonly #options: ServerOptions;
  #process: ChildProcess | undefined;

  private constructor(executable: string, folder: string, port: number, options: ServerOptions) {
    this.#executable = executable;
    this.#folder = folder;
    this.port = port;
    this.#options = options;
  }

  static async launch(found: string, options: ServerOptions = {}): Promise<PostgresServer> {
    // Behind the link, where its other programs are.
    const executable = realpathSync(found);
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gatekeeper-postgres-')));
    if (nobody.uid !== undefined) chownSync(folder, nobody.uid, nobody.gid);
    const server = new PostgresServer(executable, folder, await freePort(), options);
    server.#initialise();
    await server.start();
    return server;
  }

  /** The database that is there from the start, as its owner or as another role: nobody is asked for a password. */
  url(user = 'postgres'): string {
    return `postgres://${user}@127.0.0.1:${this.port}/postgres`;
  }

  /** Starts it, again after it was killed: its children may still be at the data, and then it tries once more. */
  async start(): Promise<void> {
    for (let attempt = 0; attempt < 50; attempt += 1) if (await this.#started()) return;
    throw new Error(`Postgres did not start in ${this.#folder}`);
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    // SIGINT is Postgres's fast shutdown: it waits for nobody.
    await this.#end('SIGINT');
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  #initialise(): void {
    const initdb = join(dirname(this.#executable), 'initdb');
    const args = ['-D', this.#data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
    const { status, stderr, error } = spawnSync(initdb, args, { ...nobody, cwd: this.#folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${initdb} failed: ${error?.message ?? stderr}`);
  }

  async #started(): Promise<boolean> {
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: this.#options.durable ? 'on' : 'off',
      max_connections: '50',
      shared_buffers: '16MB',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(this.#executable, ['-D', this.#data, '-p', String(this.port), ...args], {
      ...nobody,
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = child;
    return new Promise((resolve) => {
      child.once('exit', () => resolve(false));
      child.stderr.on('data', (chunk: Buffer) => {
        if (chunk.includes('ready to accept connections')) resolve(true);
      });
    });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}

/**
 * A `describe` with one server for all its tests: `describeWithPostgres('the store', (server) => { it(…) })`.
 * `server()` gives it inside a test or hook; each test takes a schema of its own.
 */
export function describeWithPostgres(
  title: string,
  body: (server: () => PostgresServer) => void,
  options: ServerOptions = {},
): void {
  describeWith(postgresEngine, title, (executable) => {
    let launched: PostgresServer | undefined;
    beforeAll(async () => {
      launched = await PostgresServer.launch(executable, options);
    }, 60_000);
    afterAll(async () => {
      await launched?.stop();
    }, 30_000);
    body(() => {
      if (!launched) throw new Error('server() was called while tests are collected: call it inside a test or a hook');
      return launched;
    });
  });
}

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  holder.close();
  await once(holder, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
