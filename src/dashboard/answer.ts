import type { Request } from 'express';
import type { CompiledFlag } from '../evaluation/compiled-flag.js';
import type { Explanation } from '../evaluation/explanation.js';
import type { Snapshot } from '../evaluation/snapshot.js';
import type { Administration } from '../runtime/administration.js';
import type { HealthReport } from '../runtime/health.js';
import type { RecentContext } from '../runtime/recent-contexts.js';
import type { Person, Right } from './authorize.js';
import type { LastChanges } from './last-changes.js';
import type { Live } from './live.js';
import type { WriteLimit } from './write-limit.js';

/** What handlers ask of `req.gk`. By plain names: those an app registered are typed for its own code, here all come at run time. */
export interface BrowserFlags {
  explain(flag: string): Explanation;
  mayOverride(): boolean;
  getBrowserOverrideVariants(): Readonly<Record<string, string>>;
  setBrowserOverrideVariant(flag: string, variant: string): boolean;
  clearBrowserOverrideVariants(): boolean;
}

/** A request as handlers see it: nothing of HTTP that a handler could trip over. */
export interface DashboardRequest {
  /** The flags as this browser sees them. */
  readonly gk: BrowserFlags;
  /** The flags as they are in use. */
  readonly snapshot: Snapshot;
  /** All flags, by name. */
  readonly flags: ReadonlyMap<string, CompiledFlag>;
  /** What is stored, to be looked at and changed; `undefined` for an app without a store. */
  readonly administration: Administration | undefined;
  /** Whom flags were read for lately, the latest first; none when the app keeps nobody in mind. */
  readonly recentContexts: () => readonly RecentContext[];
  /** Who changed which flag last; `undefined` for an app without a store. */
  readonly lastChanges: LastChanges | undefined;
  /** Tells pages of changes while they are open. */
  readonly live: Live;
  /** How much of one person is written at most. */
  readonly writeLimit: WriteLimit;
  readonly health: HealthReport;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly person: Person;
  readonly method: string;
  /** The path below the mount, as it came. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The request itself, for guards. */
  readonly http: Request;
}

/** A request whose form was sent from one of our own pages. Only the guard `ownForm` makes one. */
export interface FormRequest extends DashboardRequest {
  readonly form: URLSearchParams;
}

/** The pages, one template each. */
export type View =
  | 'flags'
  | 'flag'
  | 'create'
  | 'preview'
  | 'conflict'
  | 'shut'
  | 'history'
  | 'undo'
  | 'then'
  | 'people'
  | 'person'
  | 'environments'
  | 'promote'
  | 'share'
  | 'problem';

export interface Page {
  readonly status: number;
  /** A template under `views/pages`, without its ending. */
  readonly view: View;
  readonly model: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Always relative, so that it stays on the site, and right under any mount path or proxy prefix. */
export interface Redirect {
  readonly redirect: string;
}

/** One of the files of the fixed table in `assets.ts`. */
export interface File {
  readonly file: string;
}

/** Where a stream writes to: one browser that listens. */
export interface Sink {
  send(text: string): void;
  end(): void;
  /** False once the server was told to close: it waits for whoever still listens. */
  readonly wanted: boolean;
}

/** Events for as long as the browser listens (Server-Sent Events). */
export interface Stream {
  /** @returns what is called once the browser is gone */
  readonly stream: (sink: Sink) => () => void;
}

/** Nothing at all, with a status that says so. */
export interface Silence {
  readonly silence: 204;
}

/** JSON for a script of ours, which may need the token that our forms carry. */
export interface Data {
  readonly data: (token: () => string) => object;
}

export type Answer = Page | Redirect | File | Stream | Silence | Data;

export interface Handler {
  (request: DashboardRequest): Answer | Promise<Answer>;
  /** What its guards ask for, outermost first: one of each. */
  readonly rights?: readonly (readonly Right[])[];
  /** Whether it is only for forms of our own pages. */
  readonly ownForm?: boolean;
}

export type FormHandler = (request: FormRequest) => Answer | Promise<Answer>;
