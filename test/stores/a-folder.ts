import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of this test's own, with these files in it; a name that ends with `/` makes a folder. */
export function aFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gatekeeper-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith('/')) mkdirSync(join(folder, name));
    else writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Makes such a folder the working directory until the test is over. */
export function workIn(files: Readonly<Record<string, string>>): string {
  const before = process.cwd();
  const folder = aFolder(files);
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  return folder;
}
