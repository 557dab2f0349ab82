import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sqliteStore } from 'express-gatekeeper/stores/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../stores/a-folder.js';

const ROOT = join(import.meta.dirname, '../..');
const CHRISTMAS = '/static/css/christmas.css';

/** What a terminal knows: the shop and the command as they stand in src, and nothing of the shell around the tests. */
function surroundings(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NODE_ENV, GATEKEEPER_ENV, GATEKEEPER_STORE, STORE, ...shell } = process.env;
  return { ...shell, TSX_TSCONFIG_PATH: join(ROOT, 'test/tsconfig.json'), ...more };
}

/** The demo as a process of its own. */
class ShopProcess {
  readonly #child: ChildProcess;
  #said = '';

  constructor(store: string, port = '0') {
    const env = surroundings({ STORE: store, PORT: port });
    this.#child = spawn(process.execPath, ['--import', 'tsx', 'demo-app/server.ts'], { cwd: ROOT, env });
    onTestFinished(() => void this.#child.kill('SIGKILL'));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk) => {
        this.#said += String(chunk);
        this.#child.emit('said');
      });
    }
  }

  /** Waits until it says this, from the beginning on. */
  async said(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.#said);
      if (found !== null) return found;
      if (this.#child.exitCode !== null) throw new Error(`It ended and said: ${this.#said}`);
      await Promise.race([once(this.#child, 'said'), once(this.#child, 'close')]);
    }
  }

  async page(path: string): Promise<string> {
    const [, address = ''] = await this.said(/the shop +(http\S+)/);
    return (await fetch(address + path)).text();
  }

  async close(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null) await once(this.#child, 'close');
    return this.#child.exitCode;
  }
}

function gatekeeper(...words: readonly string[]): Promise<{ stdout: string }> {
  const command = ['--import', 'tsx', 'src/cli/main.ts', ...words];
  return promisify(execFile)(process.execPath, command, { cwd: ROOT, env: surroundings() });
}

describe('two shops on one database, and a terminal', { timeout: 60_000 }, () => {
  it('fill it once, and both follow what is set there', async () => {
    const path = join(aFolder(), 'marginalia.db');
    const store = `sqlite:${path}`;
    const shops = [new ShopProcess(store), new ShopProcess(store)];
    const pages = () => Promise.all(shops.map((shop) => shop.page('/')));
    for (const page of await pages()) expect(page).not.toContain(CHRISTMAS);

    await gatekeeper('set', 'theme/christmas', 'on', '--store', store, '--env', 'default', '--by', 'ann');
    await Promise.all(shops.map((shop) => shop.said(/flags changed: theme\/christmas/)));
    for (const page of await pages()) expect(page).toContain(CHRISTMAS);

    const database = sqliteStore(path);
    const history = await database.history('default');
    await database.close();
    expect(history.map(({ by, revision }) => [revision, by])).toEqual([
      [2, 'ann'],
      [1, 'marginalia'],
    ]);
    for (const shop of shops) expect(await shop.close()).toBe(0);
  });

  it('tell what to type, and it works as it is written', async () => {
    const store = `sqlite:${join(aFolder(), 'marginalia.db')}`;
    const shop = new ShopProcess(store);
    const [, words = ''] = await shop.said(/npx gatekeeper (.+)\n/);
    expect(words).toBe(`set theme/dark on --store ${store}`);
    await gatekeeper(...words.split(' '));
    await shop.said(/flags changed: theme\/dark/);
    expect(await shop.page('/')).toContain('data-theme="dark"');
  });
});

describe('a shop that cannot open', { timeout: 60_000 }, () => {
  it.each([
    ['mongodb://127.0.0.1/shop', /The shop stays shut\. .*names no store/],
    [`sqlite:${join(ROOT, 'nowhere/marginalia.db')}`, /The shop stays shut\. .*nowhere/],
  ])('says why of the store %s, and ends', async (store, why) => {
    const shop = new ShopProcess(store);
    await shop.said(why);
    expect(await shop.ended()).toBe(1);
  });

  it('opens all the same when a store on another machine does not answer', async () => {
    const shop = new ShopProcess('redis://127.0.0.1:1');
    expect(await shop.page('/')).toContain('Paper for people who write in the margins.');
    expect(JSON.parse(await shop.page('/health'))).toMatchObject({ status: 'stale' });
    expect(await shop.page('/tour')).toContain('# The store cannot be read just now.');
    expect(await shop.close()).toBe(0);
  });
});
