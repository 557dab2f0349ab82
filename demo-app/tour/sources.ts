import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Read from the files themselves, so that the page never shows code the shop does not run. */
export function classSource(file: string): string {
  return readFileSync(join(import.meta.dirname, '../flags', file), 'utf8').trim();
}

/** What flags.yaml says at this moment about flags and segments, each with all that is indented under it. */
export function dataSource(flagsFile: string, names: readonly string[]): string {
  const lines = textOf(flagsFile).split('\n');
  return names
    .map((name) => {
      const start = lines.findIndex((line) => line.startsWith(`  ${name}:`));
      if (start === -1) return `# ${name} is not in the file.`;
      const length = lines.slice(start + 1).findIndex((line) => !/^ {3,}\S/.test(line));
      return lines
        .slice(start, length === -1 ? undefined : start + 1 + length)
        .map((line) => line.slice(2))
        .join('\n');
    })
    .join('\n\n');
}

/** The flags that are in use outlive their file, and so does the page about them. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
