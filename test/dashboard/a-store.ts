import type { FlagStore, StoreContent } from 'express-gatekeeper';

type Flags = StoreContent['flags'];

/** A store whose flags, or the trouble with them, a test changes; each seems to stand on line 7. */
export class AStore implements FlagStore {
  readonly name = 'flags.yaml';
  readonly sync = { load: (): StoreContent => this.#read(), revision: (): number => 1 };
  #content: Flags | Error;
  #tell = (): void => undefined;

  constructor(flags: Flags) {
    this.#content = flags;
  }

  change(to: Flags | Error): void {
    this.#content = to;
    this.#tell();
  }

  async load(): Promise<StoreContent> {
    return this.#read();
  }

  async revision(): Promise<number> {
    return 1;
  }

  async apply(): Promise<never> {
    throw new Error('Nobody writes to it.');
  }

  async history(): Promise<never[]> {
    return [];
  }

  watch(_environment: string, onRevision: () => void): () => void {
    this.#tell = onRevision;
    return () => undefined;
  }

  async close(): Promise<void> {}

  #read(): StoreContent {
    if (this.#content instanceof Error) throw this.#content;
    return { revision: 1, flags: this.#content, segments: {}, origin: { name: this.name, line: () => 7 } };
  }
}
