import { messageOf } from '../errors.js';
import { didYouMean } from '../evaluation/closest.js';
import { withoutPasswords } from '../stores/without-passwords.js';
import { EXIT, exitCodeOf } from './exit-codes.js';
import { Given } from './given.js';
import { helpOf, overview } from './help.js';
import { safeLines } from './print/safe-text.js';
import type { Terminal } from './terminal.js';
import type { Verb } from './verb.js';
import { copy } from './verbs/copy.js';
import { create } from './verbs/create.js';
import { remove } from './verbs/delete.js';
import { diff } from './verbs/diff.js';
import { exporting } from './verbs/export.js';
import { get } from './verbs/get.js';
import { history } from './verbs/history.js';
import { importing } from './verbs/import.js';
import { join } from './verbs/join.js';
import { kill } from './verbs/kill.js';
import { leave } from './verbs/leave.js';
import { list } from './verbs/list.js';
import { revive } from './verbs/revive.js';
import { schema } from './verbs/schema.js';
import { set } from './verbs/set.js';
import { types } from './verbs/types.js';
import { watch } from './verbs/watch.js';

const VERBS: ReadonlyMap<string, Verb> = new Map(
  Object.entries({
    list,
    get,
    create,
    set,
    kill,
    revive,
    delete: remove,
    watch,
    history,
    diff,
    copy,
    import: importing,
    export: exporting,
    join,
    leave,
    types,
    schema,
  }),
);

/**
 * Runs the command `gatekeeper`.
 *
 * @returns the exit code, one of {@link EXIT}
 */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  const [name = '', ...rest] = words;
  if (['', 'help', '--help', '-h'].includes(name)) {
    const about = VERBS.get(rest[0] ?? '');
    terminal.out(about ? helpOf(rest[0] ?? '', about) : overview(VERBS));
    return name === '' ? EXIT.usage : EXIT.done;
  }
  const say = (text: string): void => terminal.err(safeLines(withoutPasswords(text)));
  const verb = VERBS.get(name);
  if (verb === undefined) {
    say(`gatekeeper has no verb '${name}'${didYouMean(name, VERBS.keys())}\n\n${overview(VERBS)}`);
    return EXIT.usage;
  }
  let given: Given;
  try {
    given = new Given(rest, verb);
  } catch (error) {
    say(`${messageOf(error)}\n\n${helpOf(name, verb)}`);
    return EXIT.usage;
  }
  if (given.has('help')) {
    terminal.out(helpOf(name, verb));
    return EXIT.done;
  }
  try {
    return await verb.run(given, terminal);
  } catch (error) {
    say(messageOf(error));
    return exitCodeOf(error);
  }
}
