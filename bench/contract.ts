/** Somebody flags are read for. */
export interface User {
  readonly id: string;
  readonly attributes: Attributes;
}

export type Attributes = Readonly<{
  email: string;
  country: string;
  plan: string;
  age: number;
  appVersion: string;
}>;

/** A flag in no library's words: each library's file translates it. */
export type Flag = Switch | Rollout | Listed | Experiment;

/** On or off for everybody. */
export interface Switch {
  readonly kind: 'switch';
  readonly name: string;
  readonly on: boolean;
}

/** On for a percentage. */
export interface Rollout {
  readonly kind: 'rollout';
  readonly name: string;
  readonly percentage: number;
}

/** On for listed users. */
export interface Listed {
  readonly kind: 'listed';
  readonly name: string;
  readonly ids: readonly string[];
}

/** The first rule that matches decides, else the split does. */
export interface Experiment {
  readonly kind: 'experiment';
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly split: readonly { readonly variant: string; readonly percentage: number }[];
}

export type Rule = Readonly<{ name: string; serve: string }> &
  (
    | { readonly attribute: 'email'; readonly test: 'endsWith'; readonly value: string }
    | { readonly attribute: 'country'; readonly test: 'oneOf'; readonly value: readonly string[] }
    | { readonly attribute: 'plan'; readonly test: 'equals'; readonly value: string }
    | { readonly attribute: 'age'; readonly test: 'atLeast'; readonly value: number }
    | { readonly attribute: 'appVersion'; readonly test: 'versionAtLeast'; readonly value: string }
  );

/** One column of the table. */
export interface Library {
  readonly name: string;
  /** The npm package it is; `undefined` for our own. */
  readonly package?: string;
  /** What it cannot do, and why. */
  readonly lacks?: Readonly<Partial<Record<Flag['kind'], string>>>;
  /** Whether its reads give promises. */
  readonly asynchronous?: boolean;
  /** The flags as text, the way its own server or file would hold them. */
  definitions(flags: readonly Flag[]): string;
  load(definitions: string): Loaded | Promise<Loaded>;
}

/**
 * A library with its flags loaded, asked the way its documentation tells apps to ask. What stands for a request (`Context`)
 * and for all decisions (`All`) is the library's own affair.
 */
// biome-ignore lint/suspicious/noExplicitAny: each library has types of its own, and only it looks inside
export interface Loaded<Arrival = any, Context = any, All = any> {
  /** What is there before the library is asked at all; by default the user. */
  arrive?(user: User): Arrival;
  /** What the library makes, or has the app make, per request. */
  context(arrival: Arrival): Context;
  isOn(context: Context, flag: string): boolean | Promise<boolean>;
  variant(context: Context, flag: string): unknown;
  /** Every flag for one user, in the library's own shape. */
  all(context: Context): All;
  /** One decision out of {@link all}: whether a flag is on, or which variant it serves. */
  one(all: All, flag: string): unknown;
  close?(): unknown;
}

/** One row of the table. */
export interface Workload {
  readonly name: string;
  /** The kinds of flags a library has to have. */
  readonly needs: readonly Flag['kind'][];
  readonly flags: readonly Flag[];
  /** Who asks, in turn. */
  readonly users: readonly User[];
  /** The flag that is read. */
  readonly flag: string;
  /**
   * What is timed. Copied by its text, so that it may use nothing but its parameters: see `measure/fresh-copy.js`.
   *
   * @param from what `reads` names
   */
  readonly reading: (loaded: Loaded, flag: string) => (from: never) => unknown;
  /**
   * What it reads from: a context nobody has read from yet, one from which `before` was read, or what there is before a
   * context, so that making one is part of what is timed.
   */
  readonly reads: 'context' | 'used context' | 'arrival';
  /** The flag that was read before. */
  readonly before?: string;
  /** Reads are counted that gave this value … */
  readonly wanted: unknown;
  /** … and this share of them should: the least and the most. */
  readonly share: readonly [number, number];
  /** Further things that have to be so before anything is timed. */
  readonly oracle?: (loaded: Loaded) => Promise<string | undefined>;
  readonly goal?: Goal;
}

/** The most that ours may take. */
export interface Goal {
  readonly nanoseconds: number;
  readonly bytes?: number;
}

/** Why there is nothing to time: the library cannot do it, or it does it wrong. */
export interface Absence {
  readonly kind: 'lacking' | 'wrong';
  readonly why: string;
}

/** The middle of many measurements, and where most of them lie. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}
