/** One column of the table: a store, and what it runs on. */
export interface Column {
  readonly name: string;
  /** The name with what has to be known about it. */
  readonly head: string;
  /**
   * Gets it running, with all it keeps in this folder.
   *
   * @returns a sentence when it cannot run here
   */
  start(folder: string): Promise<Running | string>;
}

/** A store that can be opened, by several processes at a time. */
export interface Running {
  /** What `gatekeeper({ store })` takes; each part of the benchmark has flags of its own. */
  url(part: string): string;
  /** Whether reading it goes over a network connection, so that a read per flag can be told. */
  readonly remote: boolean;
  stop(): Promise<void>;
}

/** Where the flags of one part are: one store, one environment. */
export interface Place {
  readonly url: string;
  readonly environment: string;
  readonly remote: boolean;
}

/** How much is measured. */
export interface Counts {
  /** Writes of a stream that another process watches. */
  readonly writes: number;
  /** Writes that wait until the one before was seen. */
  readonly singleWrites: number;
  /** Writes while requests pour in. */
  readonly writesUnderLoad: number;
  /** How often each way of reading ten flags has its turn. */
  readonly rounds: number;
  /** Flags that are loaded, and how often. */
  readonly flags: number;
  readonly loads: number;
  /** Changes, by one process and then by several. */
  readonly changes: number;
}

/** Some rows of the table, and what they are measured by. */
export interface Part<Result> {
  readonly name: string;
  /** @throws Error something was not right; nothing of it is then reported */
  measure(place: Place, counts: Counts): Promise<Result>;
  rows(counts: Counts): readonly Row<Result>[];
}

export interface Row<Result> {
  readonly name: string;
  /** What is wanted, and who misses it. */
  goal?(results: ReadonlyMap<string, Result>): string;
  cell(result: Result): string;
}

/** A moment at which a number was written, or read. */
export interface Sighting {
  readonly number: number;
  /** In milliseconds, by the clock that all processes share. */
  readonly at: number;
}

/** What a request was answered, and when it was sent. */
export interface Answered extends Sighting {
  /** Whether the answer said that it may be behind. */
  readonly stale: boolean;
}
