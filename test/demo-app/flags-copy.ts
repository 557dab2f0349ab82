import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { FLAGS_FILE } from '../../demo-app/flag-store.js';

/** A copy of the shop's flags, for one test to edit. */
export class FlagsCopy {
  readonly path: string;
  /** The store that it is. */
  readonly store: string;

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'marginalia-'));
    this.path = join(folder, 'flags.yaml');
    this.store = `file:${this.path}`;
    copyFileSync(FLAGS_FILE, this.path);
    onTestFinished(() => rmSync(folder, { recursive: true }));
  }

  /** Saves the file with `after` where `before` stands. */
  edit(before: string, after: string): void {
    const text = readFileSync(this.path, 'utf8');
    expect(text).toContain(before);
    writeFileSync(this.path, text.replace(before, after));
  }
}

/** Waits for a change of the flags to arrive: the shop looks at its file several times a second. */
export function soon<Value>(read: () => Value | Promise<Value>) {
  return expect.poll(read, { timeout: 5_000, interval: 50 });
}
