import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './command.js';

type Dependencies = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies: Dependencies;
  readonly devDependencies?: Dependencies;
}

const projects = fileURLToPath(new URL('./projects/', import.meta.url));

/** Copies a project into `home`, with the given dependencies in place of or beside its own, and installs it for real. */
export async function installProject(name: string, home: string, dependencies: Dependencies): Promise<string> {
  cpSync(join(projects, name), home, { recursive: true });
  const file = join(home, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const changed = {
    ...manifest,
    dependencies: { ...manifest.devDependencies, ...manifest.dependencies, ...dependencies },
  };
  writeFileSync(file, JSON.stringify({ ...changed, devDependencies: {} }, null, 2));
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], home);
  return home;
}
