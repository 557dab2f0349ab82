import { changesOf, NOTHING } from '../runtime/content.js';
import type { AuditEntry } from '../stores/audit.js';
import type { Revision, StoreChange } from '../stores/store.js';
import type { Paper } from './print/paper.js';
import { tellChanges } from './report.js';
import type { Session } from './session.js';
import { instantOf } from './time.js';

/** A change as it is told: who made it is not known of stores that keep no history. */
type Told = Omit<AuditEntry, 'by'> & { readonly by: string | null };

const PAGE = 100;

/** Tells each change of an environment once, in the order in which they were made. */
export class Changelog {
  readonly #session: Session;
  readonly #paper: Paper;
  #last: Revision | undefined;
  #telling: Promise<void> = Promise.resolve();

  constructor(session: Session, paper: Paper) {
    this.#session = session;
    this.#paper = paper;
  }

  /** The environment is at this revision now; what is there at first is no change. */
  add(revision: Revision, change: StoreChange): void {
    if (this.#last === undefined) {
      this.#last = revision;
      return;
    }
    this.#telling = this.#telling.then(() => this.#tellUpTo(revision, change));
  }

  /** Resolves once all was told. */
  told(): Promise<void> {
    return this.#telling;
  }

  async #tellUpTo(revision: Revision, change: StoreChange): Promise<void> {
    // Should the store be gone again already, what was changed is known all the same.
    const entries = await this.#since(this.#last ?? 0).catch(() => []);
    if (entries.length === 0 && revision > (this.#last ?? 0)) {
      this.#tell({ revision, at: Date.now(), by: null, comment: '', changes: changesOf(NOTHING, change) });
    }
    for (const entry of entries) this.#tell(entry);
    this.#last = Math.max(revision, entries.at(-1)?.revision ?? 0);
  }

  /** The entries after a revision, the oldest first. */
  async #since(revision: Revision): Promise<AuditEntry[]> {
    const { store, environment } = this.#session;
    const entries: AuditEntry[] = [];
    let page: readonly AuditEntry[];
    do {
      page = await store.history(environment, { before: entries.at(-1)?.revision, limit: PAGE });
      entries.push(...page);
    } while (page.length === PAGE && (page.at(-1)?.revision ?? 0) > revision);
    return entries.filter((entry) => entry.revision > revision).reverse();
  }

  #tell(told: Told): void {
    this.#paper.tellNext({ ...this.#session.place, ...told }, () => {
      const comment = told.comment === '' ? '' : `: ${told.comment}`;
      const text = `${instantOf(told.at)}  revision ${told.revision}  ${told.by ?? 'somebody'}${comment}`;
      this.#paper.line({ text, style: 'dim' });
      tellChanges(this.#paper, told.changes, '  ');
    });
  }
}
