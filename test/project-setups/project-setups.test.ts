import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { attempt, run } from './command.js';
import { nodeMajors, nodeOf } from './node-versions.js';
import { expectPages, textOf } from './pages.js';
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

  it('brings the command and the JSON Schema, which are of one mind', async () => {
    const printed = await run('npx', ['--no-install', 'gatekeeper', 'schema'], home);
    expect(printed).toBe(readFileSync(join(home, 'node_modules/express-gatekeeper/dist/flags.schema.json'), 'utf8'));
    const imported = await run(process.execPath, ['-p', `require('express-gatekeeper/flags.schema.json').title`], home);
    expect(imported.trim()).toBe(JSON.parse(printed).title);
  });

  it('says how the command is called when it is called wrongly', async () => {
    const { status, output } = await attempt('npx', ['--no-install', 'gatekeeper', 'typos'], home);
    expect(status).toBe(2);
    expect(output).toMatch(/no verb 'typos'; did you mean 'types'\?.*Usage: gatekeeper <verb>/s);
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

  const gatekeeper = (...words: string[]) => attempt('npx', ['--no-install', 'gatekeeper', ...words], home);
  const types = ['types', '--out', 'src/gatekeeper-flags.d.ts'];

  beforeAll(async () => {
    home = await install('strict-typescript', dependencies);
    expect(await gatekeeper(...types)).toMatchObject({ status: 0 });
  });

  it('gets the same declarations on every machine, wherever its folder stands', () => {
    const declarations = readFileSync(join(home, 'src/gatekeeper-flags.d.ts'), 'utf8');
    expect(declarations.split('\n')[0]).toMatch(/ from flags\.yaml: run it again instead of editing/);
  });

  it('compiles without a word, its declarations included, and serves its pages', async () => {
    expect(await run(process.execPath, [tsc], home)).toBe('');
    await withRunningApp(process.execPath, join('build', 'app.js'), home, async (url) => {
      await expectPages(url);
      expect(JSON.parse(await textOf(new URL('/data', url)))).toEqual([true, 'SPRING', 50, 'It is spring']);
    });
  });

  it('is told when the declarations of its flags.yaml are out of date', async () => {
    expect((await gatekeeper(...types, '--check')).status).toBe(0);
    appendFileSync(join(home, 'flags.yaml'), '  new_search: 20\n');
    const { status, output } = await gatekeeper(...types, '--check');
    expect([status, output]).toEqual([1, expect.stringContaining('out of date; run gatekeeper types')]);
  });

  it('refuses variants that the class and the file do not have', async () => {
    const { status, output } = await attempt(process.execPath, [tsc, '-p', 'tsconfig.wrong.json'], home);
    expect(status).not.toBe(0);
    expect(output).toContain(`'"LUKEWARM"' is not assignable to parameter of type '"WARM" | "COOL"'`);
    expect(output).toContain(`'"WINTER"' is not assignable to parameter of type '"SPRING" | "SUMMER" | "NONE"'`);
    expect(output.match(/error TS/g)).toHaveLength(2);
  });
});
