import { readFileSync } from 'node:fs';
import { parseJson } from '../overrides/browser-overrides.js';
import { findFlagsFile } from '../stores/file/flags-file.js';

/** The environment when none is named. */
export function defaultEnvironment(): string {
  return process.env['GATEKEEPER_ENV'] || 'default';
}

/** The store when none is named: the file of flags in the working directory, if there is one. */
export function defaultStore(): string | undefined {
  const file = findFlagsFile(process.cwd());
  return file === undefined ? undefined : `file:${file}`;
}

/** The name of the app in the working directory. */
export function packageName(): string {
  try {
    const content = parseJson(readFileSync('package.json', 'utf8'));
    const name = typeof content === 'object' && content !== null && 'name' in content ? content.name : undefined;
    return typeof name === 'string' ? name : 'app';
  } catch {
    return 'app';
  }
}
