import { GatekeeperError } from '../errors.js';
import { buildSnapshot } from '../evaluation/build-snapshot.js';
import type { Origin } from '../evaluation/place.js';
import { withChange } from '../stores/content.js';
import type { StoreChange, StoreContent } from '../stores/store.js';
import { type CodeFlags, codeFlags, standIns } from './code-flags.js';

/** Of a hundred things that are wrong in a file, these many are told at once. */
const MOST_TOLD = 20;

/**
 * Checks that all definitions can be used after a change as far as they could before it.
 *
 * @param note told what is taken as right because the app's code may make it so
 * @throws GatekeeperError `INVALID_DEFINITION` telling what is wrong and where
 */
export function checkSound(
  content: StoreContent,
  change: StoreChange,
  store: string,
  note: (text: string) => void,
): void {
  const after = withChange(content, change, content.revision);
  const before = codeFlags(content, new Set());
  const deleted = Object.keys(change.flags ?? {}).filter((name) => change.flags?.[name] === null);
  // Of a class only what was said about it is deleted.
  const now = codeFlags(after, new Set(deleted.filter((name) => !before.get(name)?.size)));
  // A file's lines tell of what it says now, not of what it is going to say.
  const origin: Origin = { name: store };
  const known = new Set(problemsOf(content, before, origin));
  const problems = problemsOf(after, now, origin).filter((problem) => !known.has(problem));
  if (problems.length > 0) throw unsound(problems);
  for (const [flag, variants] of now) {
    if (!before.has(flag) && !Object.hasOwn(after.flags, flag)) {
      note(`There is no flag '${flag}' in ${store}; taken as one in the app's code.`);
    }
    for (const variant of variants) {
      if (before.get(flag)?.has(variant) || !Object.hasOwn(after.flags, flag)) continue;
      note(`${flag}: '${variant}' is no variant of a boolean flag; taken as one of a flag in the app's code.`);
    }
  }
}

/** What is wrong, told all at once. */
export function unsound(problems: readonly string[]): GatekeeperError {
  const told = problems.slice(0, MOST_TOLD);
  if (problems.length > MOST_TOLD) told.push(`… and ${problems.length - MOST_TOLD} more.`);
  return new GatekeeperError('INVALID_DEFINITION', `${told.join('\n')}\nNothing was written.`);
}

function problemsOf({ flags, segments, revision }: StoreContent, inCode: CodeFlags, origin: Origin): string[] {
  const layer = { definitions: { flags, segments }, origin, tolerant: true };
  return buildSnapshot({ configs: standIns(inCode), layers: [layer], revision }).problems.map(({ message }) => message);
}
