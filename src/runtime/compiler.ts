import { type Changed, SnapshotBuild } from '../evaluation/build-snapshot.js';
import type { Definitions, SegmentInput } from '../evaluation/definition/schema.js';
import { configsByName, type Layer } from '../evaluation/drafting.js';
import type { FeatureFlagConfig, Flags } from '../evaluation/flag-config.js';
import type { Problem, Snapshot } from '../evaluation/snapshot.js';
import { recordOf, withChange } from '../stores/content.js';
import type { StoreChange, StoreContent } from '../stores/store.js';
import { NOTHING } from './content.js';

const EMPTY: Snapshot = { flags: new Map(), segments: new Map(), problems: [], revision: 0 };

/** Makes snapshots of what a store holds, over what the app's own code says. */
export class Compiler {
  readonly #configs: ReadonlyMap<string, FeatureFlagConfig>;
  readonly #definitions: Definitions | undefined;
  readonly #storeName: string;
  /** Whether there will be another build: what it would go on from is worth keeping only then. */
  readonly #goesOn: boolean;
  #snapshot = EMPTY;
  /** What is in use was built in this: the next build goes on from there. */
  #basis: SnapshotBuild | undefined;

  /** @throws GatekeeperError `INVALID_FLAG` naming a class that cannot be used */
  constructor(flags: Flags, definitions: Definitions | undefined, storeName: string | undefined) {
    this.#configs = configsByName(flags);
    this.#definitions = definitions;
    this.#storeName = storeName ?? 'the store';
    this.#goesOn = storeName !== undefined;
  }

  /** What is in use. */
  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Takes what the code says into use, until a store says more. What it says of the store's flags cannot be held against it yet. */
  begin(): void {
    this.#basis = this.#build(NOTHING);
    this.#snapshot = this.#basis.snapshot;
  }

  /**
   * Takes new content into use.
   *
   * @param change what is different from what is in use
   * @returns the flags that were compiled anew
   * @throws GatekeeperError at the first content, when the app's own code cannot be used
   */
  use(content: StoreContent, change: Required<StoreChange>): ReadonlySet<string> {
    const build = this.#basis === undefined ? this.#strictBuild(content) : this.#next(content, change);
    this.#snapshot = build.snapshot;
    if (this.#goesOn) this.#basis = build;
    return build.compiled;
  }

  /** The flags as a change of what is in use would leave them. Nothing is put into use. */
  after(content: StoreContent, change: Required<StoreChange>): Snapshot {
    return this.#next(withChange(content, change, content.revision), change).snapshot;
  }

  /** What a change would break. What was broken before, and is so in the same way, is no reason against it: it may be a kill. */
  brokenBy(content: StoreContent, change: Required<StoreChange>): Problem | undefined {
    const known = new Map(this.snapshot.problems.map(({ kind, name, message }) => [`${kind} ${name}`, message]));
    return this.after(content, change).problems.find(({ kind, name, message }) => {
      const before = known.get(`${kind} ${name}`);
      return before === undefined || (before !== message && Object.hasOwn(change[`${kind}s`], name));
    });
  }

  /** The flags of any content: of another environment, or of another time. */
  of(content: StoreContent): Snapshot {
    return this.#build(content).snapshot;
  }

  /** The flags of any content, and as a change would leave them. */
  preview(
    content: StoreContent,
    change: Required<StoreChange>,
  ): { readonly before: Snapshot; readonly after: Snapshot } {
    const basis = this.#build(content);
    if (content.origin !== undefined)
      return { before: basis.snapshot, after: this.of(withChange(content, change, content.revision)) };
    const layers = this.#layers(withChange(content, change, content.revision));
    return { before: basis.snapshot, after: basis.after(layers, content.revision, namesIn(change)).snapshot };
  }

  /** A segment as the app's own code defines it. */
  segmentInCode(name: string): SegmentInput | undefined {
    return recordOf(this.#definitions?.segments ?? {}, name);
  }

  /** A mistake in the app's own code is an error; one in the store never is. */
  #strictBuild(content: StoreContent): SnapshotBuild {
    try {
      return this.#build(content, false);
    } catch (error) {
      if (content === NOTHING) throw error;
      this.#strictBuild(NOTHING);
      return this.#build(content);
    }
  }

  #next(content: StoreContent, change: Required<StoreChange>): SnapshotBuild {
    // Where there are lines, those of all flags may have moved.
    if (this.#basis === undefined || content.origin !== undefined) return this.#build(content);
    return this.#basis.after(this.#layers(content), content.revision, namesIn(change));
  }

  #build(content: StoreContent, tolerant = true): SnapshotBuild {
    return new SnapshotBuild(this.#configs, this.#layers(content, tolerant), content.revision);
  }

  #layers({ flags, segments, origin = { name: this.#storeName } }: StoreContent, tolerant = true): Layer[] {
    const stored = { definitions: { flags, segments }, origin, tolerant: true };
    if (this.#definitions === undefined) return [stored];
    return [{ definitions: this.#definitions, origin: { name: 'definitions' }, tolerant }, stored];
  }
}

function namesIn({ flags, segments }: Required<StoreChange>): Changed {
  return { flags: new Set(Object.keys(flags)), segments: new Set(Object.keys(segments)) };
}
