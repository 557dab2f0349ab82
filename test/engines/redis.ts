import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createClient } from 'redis';
import { afterAll, beforeAll } from 'vitest';
import { describeWith } from './describe-with.js';
import { redisEngine } from './engines.js';

interface RedisServerOptions {
  /** Writes each change to disk before it is acknowledged; otherwise nothing outlasts the process. */
  readonly durable?: boolean;
  /** Further settings as `redis.conf` names them. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A server of a test's own, on a port that stays the same when it is started again. */
export class RedisServer {
  readonly port: number;
  readonly #executable: string;
  readonly #arguments: readonly string[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'gatekeeper-redis-'));
  #process: ChildProcess | undefined;
  #prefixes = 0;

  constructor(executable: string, port: number, { durable = false, settings = {} }: RedisServerOptions = {}) {
    const all = {
      bind: '127.0.0.1',
      port: String(port),
      dir: this.#folder,
      save: '',
      appendonly: durable ? 'yes' : 'no',
      appendfsync: 'always',
      ...settings,
    };
    this.port = port;
    this.#executable = executable;
    this.#arguments = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** For a store that shares nothing with others. */
  freshPrefix(): string {
    this.#prefixes += 1;
    return `test-${this.#prefixes}`;
  }

  /** Resolves once it answers. */
  async start(): Promise<void> {
    const started = spawn(this.#executable, this.#arguments, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = started;
    process.once('exit', () => started.kill('SIGKILL'));
    const said: string[] = [];
    for await (const line of createInterface(started.stdout)) {
      said.push(line);
      if (line.includes('eady to accept connections')) {
        // What it says from now on is not to fill the pipe.
        started.stdout.resume();
        return;
      }
    }
    throw new Error(`Redis did not start:\n${said.join('\n')}`);
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const exited = once(running, 'exit');
    running.kill('SIGKILL');
    await exited;
  }

  /** Sends one command over a connection of its own. */
  async command(...command: string[]): Promise<unknown> {
    const client = createClient({ url: this.url, socket: { reconnectStrategy: false } });
    await client.on('error', () => undefined).connect();
    try {
      return await client.sendCommand(command);
    } finally {
      client.destroy();
    }
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/**
 * A `describe` with one server for all its tests: `describeWithRedis('the store', (redis) => { it(…) })`. `redis()` gives it inside
 * a test or a hook; tests may kill it, and start it again.
 */
export function describeWithRedis(
  title: string,
  body: (redis: () => RedisServer) => void,
  options: RedisServerOptions = {},
): void {
  describeWith(redisEngine, title, (executable) => {
    let server: RedisServer | undefined;
    beforeAll(async () => {
      server = new RedisServer(executable, await freePort(), options);
      await server.start();
    });
    afterAll(async () => {
      await server?.remove();
    });
    body(() => {
      if (!server) throw new Error('redis() was called while tests are collected: call it inside a test or a hook');
      return server;
    });
  });
}

/** A port where nothing listened a moment ago. */
export async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  holder.close();
  await once(holder, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
