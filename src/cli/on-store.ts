import { emptyEnvironment, environmentRead, environmentWritten, oddEnvironment } from './environment.js';
import { EXIT } from './exit-codes.js';
import type { Given } from './given.js';
import { Paper } from './print/paper.js';
import { Session } from './session.js';
import { storeNamed } from './store-named.js';
import type { Terminal } from './terminal.js';
import type { Verb } from './verb.js';

/** What a verb has at hand. */
export interface Desk {
  readonly session: Session;
  readonly given: Given;
  readonly paper: Paper;
  readonly terminal: Terminal;
}

type Work = (desk: Desk) => Promise<void>;

/** Runs what looks at an environment of a store. */
export function reading(work: Work): Verb['run'] {
  return (given, terminal) =>
    onStore(given, terminal, async (desk, store) => {
      const at = desk(environmentRead(given.text('env')));
      // Those that compare name theirs.
      const empty = given.text('from') === undefined && (await emptyEnvironment(at.session.environment, store));
      if (empty) at.paper.note(empty);
      await work(at);
    });
}

/** Runs what changes an environment of a store. `--to` names it for verbs that know two. */
export function writing(work: Work): Verb['run'] {
  return (given, terminal) =>
    onStore(given, terminal, async (desk, store) => {
      const environment = await environmentWritten(given.text('to') ?? given.text('env'), store);
      const at = desk(environment);
      const odd = await oddEnvironment(environment, store);
      if (odd !== undefined) at.paper.note(odd);
      await work(at);
    });
}

async function onStore(
  given: Given,
  terminal: Terminal,
  work: (desk: (environment: string) => Desk, store: Session['store']) => Promise<void>,
): Promise<number> {
  const store = storeNamed(given.text('store'));
  const paper = new Paper(terminal, given.has('json'));
  const desk = (environment: string): Desk => {
    const session = new Session(store, environment, (text) => paper.noteOnce(text));
    return { session, given, paper, terminal };
  };
  try {
    await work(desk, store);
    return EXIT.done;
  } finally {
    await store.close();
  }
}
