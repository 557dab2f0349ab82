import { run } from './command.js';

/** The major versions of Node.js the package is for. */
export const nodeMajors = [20, 22, 24] as const;

const fetched = new Map<number, Promise<string>>();

/** The executable of a major version: this very one, or else one that npm brings. */
export async function nodeOf(major: number, cwd: string): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const wanted = fetched.get(major) ?? fetchNode(major, cwd);
  fetched.set(major, wanted);
  return wanted;
}

async function fetchNode(major: number, cwd: string): Promise<string> {
  const printed = await run('npx', ['-y', '-p', `node@${major}`, 'node', '-p', 'process.execPath'], cwd);
  return printed.trim();
}
