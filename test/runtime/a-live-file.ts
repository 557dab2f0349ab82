import { mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Change, type Gatekeeper, type GatekeeperOptions, gatekeeper } from 'express-gatekeeper';

/** A running app's flags in a file that a test may edit. */
export interface LiveFile {
  readonly gk: Gatekeeper;
  readonly folder: string;
  readonly path: string;
  /** What was logged, as `level message`. */
  readonly lines: string[];
  readonly changes: Change[];
  /** Edits in place. */
  write(content: string): void;
  /** Puts a new file in its place, as editors do. */
  replace(content: string): void;
  /** The next change. Ask for it before editing. */
  nextChange(): Promise<Change>;
}

type Finished = (clean: () => Promise<void>) => void;

/**
 * @param finished the test's own `onTestFinished`, as these tests run beside each other
 * @param place puts the file there: by default writes `flags.yaml`
 */
export function aLiveFile(
  content: string,
  finished: Finished,
  options: GatekeeperOptions = {},
  place: (folder: string) => void = (folder) => writeFileSync(join(folder, 'flags.yaml'), content),
): LiveFile {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gatekeeper-live-')));
  const path = join(folder, 'flags.yaml');
  place(folder);
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  const logger = { info: at('info'), warn: at('warn'), error: at('error') };
  const gk = gatekeeper({ flags: [], store: `file:${path}`, logger, ...options });
  const changes: Change[] = [];
  gk.on('change', (change) => changes.push(change));
  finished(async () => {
    await gk.close();
    rmSync(folder, { recursive: true });
  });
  return {
    gk,
    folder,
    path,
    lines,
    changes,
    write: (text) => writeFileSync(path, text),
    replace: (text) => {
      writeFileSync(`${path}.new`, text);
      renameSync(`${path}.new`, path);
    },
    nextChange: () => new Promise((resolve) => gk.on('change', resolve)),
  };
}
