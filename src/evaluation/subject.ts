import { Answers } from './answers.js';
import type { CompiledFlag } from './compiled-flag.js';
import {
  type Application,
  type Attributes,
  type EvaluationContext,
  type Request,
  type Session,
  SubjectContext,
} from './context.js';
import type { Outcome } from './details.js';
import { evaluate } from './evaluate.js';
import type { KnownContext, Seen, Snapshot, SnapshotSource } from './snapshot.js';
import { type UserId, userKey } from './user-id.js';

const NO_ATTRIBUTES: Attributes = Object.freeze({});

/**
 * The one that flags are decided for, and what was decided for them: one snapshot, one moment, one answer of each flag's code.
 * It lives as long as a request or a job. This base class is somebody known by id and attributes alone; a request adds what it
 * has by overriding the members, each of which is asked only when a flag needs it.
 */
export class Subject implements Seen {
  // In the order of how often they are used, for the processor's caches: a new subject is in none of them.
  readonly source: SnapshotSource;
  #snapshot: Snapshot | undefined;
  #answers: Answers | undefined;
  readonly #userKey: string | undefined;
  readonly #attributes: Attributes;
  #context: SubjectContext | undefined;
  #now: number | undefined;
  readonly #userId: UserId | undefined;

  constructor(source: SnapshotSource, userId?: UserId | null, attributes?: Attributes | null) {
    this.source = source;
    this.#userId = userId ?? undefined;
    this.#userKey = userKey(userId);
    this.#attributes = attributes ?? NO_ATTRIBUTES;
  }

  get userId(): UserId | undefined {
    return this.#userId;
  }

  /** The user id in the form in which ids are compared. */
  get userKey(): string | undefined {
    return this.#userKey;
  }

  get attributes(): Attributes {
    return this.#attributes;
  }

  get app(): Application | undefined {
    return undefined;
  }

  get request(): Request | undefined {
    return undefined;
  }

  get session(): Session | undefined {
    return undefined;
  }

  get anonymousId(): string | undefined {
    return undefined;
  }

  get sessionId(): string | undefined {
    return undefined;
  }

  /** Asks for nothing that was not asked for yet. */
  get known(): KnownContext {
    return { userId: this.#userId, attributes: this.#attributes };
  }

  /** The variant this browser is pinned to, unchecked; `undefined` for none. */
  browserOverride(_flag: string): string | undefined {
    return undefined;
  }

  /** What flag classes see. */
  get context(): EvaluationContext & SubjectContext {
    this.#context ??= new SubjectContext(this);
    return this.#context;
  }

  /** The flags as this subject sees them, from the first look on. */
  get snapshot(): Snapshot {
    if (this.#snapshot === undefined) {
      this.#snapshot = this.source.snapshot;
      this.source.seen?.(this);
    }
    return this.#snapshot;
  }

  /** The moment for which everything is decided, in milliseconds since the epoch. */
  get now(): number {
    this.#now ??= this.source.clock();
    return this.#now;
  }

  /** For one user, within a request or job, a flag once decided stays decided. */
  decide(flag: CompiledFlag): Outcome {
    if (flag.constant !== undefined && !this.mayBeOverridden) return flag.constant;
    const known = this.recall(flag);
    if (known !== undefined) return known;
    const outcome = evaluate(flag, this);
    // Data comes to the same answer by itself as long as snapshot, moment, user and attributes stay; code remembers its own.
    if (!this.settled) this.remember(flag, outcome);
    return outcome;
  }

  /** What was remembered for the user as known now. */
  recall(key: object): Outcome | undefined {
    return this.#answers === undefined ? undefined : this.#answers.of(this.userKey).get(key);
  }

  remember(key: object, outcome: Outcome): void {
    if (this.provisional) return;
    this.#answers ??= new Answers();
    this.#answers.of(this.userKey).set(key, outcome);
  }

  /** What another flag serves to the same subject; `undefined` for an unknown one. */
  variantOf(name: string): string | undefined {
    const flag = this.snapshot.flags.get(name);
    return flag && this.decide(flag).variant;
  }

  /** Whether this browser may be pinned to something. */
  protected get mayBeOverridden(): boolean {
    return false;
  }

  /** Whether all that was asked about the user so far will stay as it is. */
  protected get settled(): boolean {
    return true;
  }

  /** Whether it is just coming out who this is, so that nothing decided meanwhile may last. */
  protected get provisional(): boolean {
    return false;
  }
}
