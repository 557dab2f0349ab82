import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gatekeeper } from 'express-gatekeeper';
import { sqliteStore } from 'express-gatekeeper/stores/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../stores/a-folder.js';

const COMMAND = [
  '--import',
  import.meta.resolve('tsx'),
  fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)),
];

/** A folder in which the command is run as people run it. */
class Shell {
  readonly path = join(aFolder(), 'flags.db');
  readonly #options = { env: { ...process.env, GATEKEEPER_STORE: `sqlite:${this.path}`, GATEKEEPER_ENV: '' } };

  run(words: readonly string[], input = ''): Promise<{ code: unknown; out: string; err: string }> {
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [...COMMAND, ...words], this.#options, (error, out, err) =>
        resolve({ code: error?.code ?? 0, out, err }),
      );
      child.stdin?.end(input);
    });
  }

  start(...words: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, [...COMMAND, ...words], this.#options);
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  }

  store() {
    const store = sqliteStore(this.path);
    onTestFinished(() => store.close());
    return store;
  }
}

async function said(child: ChildProcess, side: 'stdout' | 'stderr', text: string): Promise<void> {
  let all = '';
  for await (const chunk of child[side] ?? []) {
    all += String(chunk);
    if (all.includes(text)) return;
  }
  throw new Error(`It never said ${text}, but: ${all}`);
}

describe('the command, as a process of its own', { timeout: 60_000 }, () => {
  it('ends with the code that tells what happened', async () => {
    const shell = new Shell();
    const store = shell.store();
    await store.apply('default', { flags: { search: false } }, { by: 'test' });
    await store.apply('default', { flags: { search: 20 } }, { by: 'test' });
    const codes = await Promise.all(
      [
        ['get', 'search'],
        ['list', '--store', 'sqlite:/nowhere/at/all.db'],
        ['set', 'search'],
        ['set', 'search', 'true', '--expected-revision', '1'],
        ['get', 'serach'],
      ].map(async (words) => (await shell.run(words)).code),
    );
    expect(codes).toEqual([0, 1, 2, 3, 4]);
  });

  it('reads what is handed in', async () => {
    const shell = new Shell();
    expect(await shell.run(['import', '-'], 'flags: { a: true }')).toMatchObject({ code: 0, err: '' });
    expect(await shell.run(['create', 'b', '--definition', '-'], '{"killed": true}')).toMatchObject({ code: 0 });
    expect((await shell.store().load('default')).flags).toEqual({ a: true, b: { killed: true } });
  });

  it('loses nothing when several set at the same time', async () => {
    const shell = new Shell();
    const names = ['a', 'b', 'same', 'same'];
    const results = await Promise.all(names.map((name) => shell.run(['set', name, 'false', '--by', name])));
    expect(results.map(({ code, err }) => [code, err])).toEqual(names.map(() => [0, '']));
    const { flags, revision } = await shell.store().load('default');
    expect([flags, revision]).toEqual([{ a: false, b: false, same: false }, 3]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('watches until %s, and ends well', async (signal) => {
    const shell = new Shell();
    const store = shell.store();
    await store.apply('default', { flags: { search: false } }, { by: 'test' });
    const child = shell.start('watch');
    await said(child, 'stderr', 'Watching environment default');
    const told = said(child, 'stdout', 'on for 20%');
    await store.apply('default', { flags: { search: 20 } }, { by: 'ann' });
    await told;
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends quietly when nobody reads on', async () => {
    const shell = new Shell();
    const flags = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, index) => [`flag-${index}`, { description: 'x'.repeat(50) }]),
    );
    await shell.store().apply('default', { flags }, { by: 'test' });
    const child = shell.start('export');
    child.stdout?.once('data', () => child.stdout?.destroy());
    const errors: string[] = [];
    child.stderr?.on('data', (chunk) => errors.push(String(chunk)));
    await once(child, 'close');
    expect([child.exitCode, errors.join('')]).toEqual([0, '']);
  });

  it('changes an app that runs', async () => {
    const shell = new Shell();
    const gk = gatekeeper({ store: `sqlite:${shell.path}`, flags: [] });
    onTestFinished(() => gk.close());
    const changed = new Promise<unknown>((resolve) => gk.on('change', resolve));
    expect(gk.for({ userId: 1 }).isEnabled('sign-up-team/address-field')).toBe(false);
    expect(await shell.run(['set', 'sign-up-team/address-field', 'true'])).toMatchObject({ code: 0, err: '' });
    expect(await changed).toEqual({ flags: ['sign-up-team/address-field'], revision: 1 });
    expect(gk.for({ userId: 1 }).isEnabled('sign-up-team/address-field')).toBe(true);
  });
});
