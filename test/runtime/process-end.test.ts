import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { aFolder } from '../stores/a-folder.js';

const library = new URL('../../src/index.ts', import.meta.url).href;

/** Runs a script that uses the library; resolves with its output once the process has ended by itself. */
async function run(script: string): Promise<string> {
  const folder = aFolder({ 'flags.yaml': 'flags: { dark_mode: true }\n', 'app.mts': script });
  const file = pathToFileURL(`${folder}/app.mts`).pathname;
  const tsx = import.meta.resolve('tsx');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', tsx, file], {
    cwd: folder,
    timeout: 20_000,
  });
  return stdout;
}

describe('a process that watches flags', () => {
  it.each([
    ['once the gatekeeper is closed', 'await gk.close();'],
    ['though the gatekeeper is not closed', ''],
  ])('ends when it has nothing else to do, %s', { timeout: 20_000 }, async (_when, closing) => {
    const script = `
      import { gatekeeper } from ${JSON.stringify(library)};
      const gk = gatekeeper();
      console.log(gk.for().ffVariant('dark_mode'));
      ${closing}
    `;
    expect(await run(script)).toBe('on\n');
  });
});
