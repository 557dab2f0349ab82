import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { attempt, run } from './command.js';
import { nodeMajors, nodeOf } from './node-versions.js';
import { expectPages } from './pages.js';
import { installProject } from './project.js';
import { withRunningApp } from './running-app.js';
import { expectedFiles, packedFiles, packTarball } from './tarball.js';

const folder = mkdtempSync(join(tmpdir(), 'gatekeeper-package-'));
let tarball: string;

beforeAll(async () => {
  tarball = await packTarball(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function install(project: string, dependencies: Readonly<Record<string, string>> = {}): Promise<string> {
  const home = mkdtempSync(join(folder, `${project}-`));
  return installProject(project, home, { ...dependencies, 'express-gatekeeper': `file:${tarball}` });
}

/** A Node.js that may have to be fetched. Out of reach, the test is skipped by name, and fails under CI. */
async function nodeOrSkip(major: number, context: TestContext): Promise<string> {
  try {
    return await nodeOf(major, folder);
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    return context.skip(`"npx -y -p node@${major} node" could not fetch Node.js ${major}: ${error}`);
  }
}

it('the tarball holds what the sources say, and nothing else', async () => {
  expect(await packedFiles(tarball)).toEqual(expectedFiles());
});

describe.each([
  ['a project of ES modules on Express 5', 'esm'],
  ['a project that uses require(), on Express 4', 'cjs'],
])('the tarball in %s', (_title, project) => {
  let home: string;

  beforeAll(async () => {
    home = await install(project);
  });

  it.for(nodeMajors)('serves its pages on Node.js %i', async (major, context) => {
    const node = await nodeOrSkip(major, context);
    await withRunningApp(node, 'app.js', home, expectPages);
  });

  it('runs no script of ours when it is installed', () => {
    const manifest = readFileSync(join(home, 'node_modules', 'express-gatekeeper', 'package.json'), 'utf8');
    const { scripts } = JSON.parse(manifest) as { scripts: Readonly<Record<string, string>> };
    expect(Object.keys(scripts)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(pre|post)?install$/)]));
  });
});

describe.each([
  { express: 5, dependencies: {} },
  { express: 4, dependencies: { express: '4.22.3', '@types/express': '4.17.25' } },
])('the tarball in a strict TypeScript project on Express $express', ({ dependencies }) => {
  let home: string;
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');

  beforeAll(async () => {
    home = await install('strict-typescript', dependencies);
  });

  it('compiles without a word, its declarations included, and serves its pages', async () => {
    expect(await run(process.execPath, [tsc], home)).toBe('');
    await withRunningApp(process.execPath, join('build', 'app.js'), home, expectPages);
  });

  it('refuses a variant that the registered flag does not have', async () => {
    const { status, output } = await attempt(process.execPath, [tsc, '-p', 'tsconfig.wrong.json'], home);
    expect(status).not.toBe(0);
    expect(output).toContain(`'"LUKEWARM"' is not assignable to parameter of type '"WARM" | "COOL"'`);
    expect(output.match(/error TS/g)).toHaveLength(1);
  });
});
