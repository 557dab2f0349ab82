import { Health } from '../../runtime/health.js';
import { SafeLogger } from '../../runtime/logger.js';
import { StoreLink } from '../../runtime/store-link.js';
import { Changelog } from '../changelog.js';
import { reading } from '../on-store.js';
import { READ } from '../options.js';
import type { Verb } from '../verb.js';

/** How long the store may take to answer for the first time, in milliseconds. */
const PATIENCE = 10_000;

export const watch: Verb = {
  about: 'print each change as it comes, until Ctrl-C',
  options: READ,
  more: '--json prints one line for each change: { store, environment, revision, at, by, comment, changes: [{ kind, name, before, after }] }; by is null when it is not known who.',
  run: reading(async ({ session, paper, terminal }) => {
    const { store, environment } = session;
    const note = (text: string): void => paper.note(text);
    const logger = new SafeLogger({ info: note, warn: note, error: note });
    const changelog = new Changelog(session, paper);
    const link = new StoreLink({
      store,
      environment,
      health: new Health(logger, Date.now),
      readyTimeout: PATIENCE,
      use: (content, change) => changelog.add(content.revision, change),
    });
    const stopped = terminal.stopped();
    link.start();
    await Promise.race([link.ready(), stopped]);
    paper.note(
      `Watching environment ${environment} of ${store.name}, revision ${link.content.revision}; Ctrl-C ends it.`,
    );
    await stopped;
    await changelog.told();
    await link.close();
  }),
};
