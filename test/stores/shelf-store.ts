import type { FlagInput, FlagStore, StoreContent } from 'express-gatekeeper';

/** A store that somebody may write: it holds what it is given, and tells at once. */
export class ShelfStore implements FlagStore {
  readonly name = 'the shelf';
  readonly sync = { load: (): StoreContent => this.#content, revision: (): number => this.#content.revision };
  closed = false;
  #content: StoreContent;
  readonly #watchers = new Set<() => void>();

  constructor(flags: Readonly<Record<string, FlagInput>>) {
    this.#content = { revision: 1, flags, segments: {}, origin: this };
  }

  put(flags: Readonly<Record<string, FlagInput>>): void {
    this.#content = { ...this.#content, revision: this.#content.revision + 1, flags };
    for (const tell of this.#watchers) tell();
  }

  async load(): Promise<StoreContent> {
    return this.#content;
  }

  async revision(): Promise<number> {
    return this.#content.revision;
  }

  async apply(): Promise<never> {
    throw new Error('The shelf is out of reach.');
  }

  async history(): Promise<never[]> {
    return [];
  }

  watch(_environment: string, onRevision: () => void): () => void {
    this.#watchers.add(onRevision);
    return () => this.#watchers.delete(onRevision);
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}
