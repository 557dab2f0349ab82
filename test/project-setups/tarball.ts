import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './command.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const notInACleanClone = new Set(['node_modules', 'dist', 'coverage', '.git', '.cache']);

/**
 * Packs the package the way a maintainer does in a clean clone, and gives the tarball's path. It works on a copy without
 * `dist/`, because a build that is lying about must neither be needed nor be replaced under somebody's feet.
 */
export async function packTarball(folder: string): Promise<string> {
  const clone = join(folder, 'clone');
  const destination = join(folder, 'tarball');
  mkdirSync(destination);
  cpSync(root, clone, {
    recursive: true,
    filter: (path) => !notInACleanClone.has(basename(path)) || relative(root, path).includes(sep),
  });
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'), 'junction');
  await run('npm', ['pack', '--silent', '--pack-destination', destination], clone);

  const [tarball, ...others] = readdirSync(destination);
  if (!tarball || others.length > 0)
    throw new Error(`npm pack left ${readdirSync(destination).join(', ') || 'nothing'}`);
  return join(destination, tarball);
}

/** What a tarball holds. */
export async function packedFiles(tarball: string): Promise<readonly string[]> {
  const listing = await run('tar', ['-tzf', tarball], root);
  return listing
    .trim()
    .split('\n')
    .map((path) => path.replace('package/', ''))
    .sort();
}

/** What it has to hold, told from the sources: no more and no less. */
export function expectedFiles(): readonly string[] {
  const compiled = filesIn('src').flatMap((path) => {
    const module = path.replace('src/', 'dist/').replace(/\.ts$/, '');
    return [`${module}.d.ts`, `${module}.js`];
  });
  const documents = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md'];
  return ['package.json', ...documents, ...compiled, 'dist/flags.schema.json', ...filesIn('views')].sort();
}

/** The files of one of the repository's folders, as paths from the root. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
