import type { Application, Request } from 'express';
import type { Condition } from './conditions/condition.js';
import type { Subject } from './subject.js';
import { unitOf } from './unit.js';
import { type UserId, userKey } from './user-id.js';

/** The one door through which this room sees Express, and only its types. */
export type { Application, Request };

/** What the app knows about a user beyond the id: plan, country, e-mail … */
export type Attributes = Readonly<Record<string, unknown>>;

/** The app's session, typed by whichever session middleware the app has types for. */
export type Session = Request extends { session: infer S } ? S : Readonly<Record<string, unknown>>;

/** What a flag decides from. Outside a request there is no `app`, `request` and `session`. */
export interface EvaluationContext {
  /** The id as the app gave it (OpenFeature's targeting key); `undefined` for a visitor who is not logged in. */
  readonly userId: UserId | undefined;
  readonly app: Application | undefined;
  readonly request: Request | undefined;
  readonly session: Session | undefined;
  readonly attributes: Attributes;
  /** True when the user is one of these; `1` and `'1'` are the same user. May be taken out of the context and called alone. */
  isUser(...ids: readonly UserId[]): boolean;
}

/**
 * The context of a {@link Subject}, as flag classes see it. Each part is read when it is asked for, so that a class which looks
 * at the user id alone never opens the session.
 */
export class SubjectContext implements EvaluationContext {
  /** True once code asked for a bucket: the decision then counts as a split. */
  bucketed = false;
  readonly #subject: Subject;

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  get userId(): UserId | undefined {
    return this.#subject.userId;
  }

  get app(): Application | undefined {
    return this.#subject.app;
  }

  get request(): Request | undefined {
    return this.#subject.request;
  }

  get session(): Session | undefined {
    return this.#subject.session;
  }

  get attributes(): Attributes {
    return this.#subject.attributes;
  }

  /** A getter, because `pickVariant({ isUser })` takes the function off its object. */
  get isUser(): (...ids: readonly UserId[]) => boolean {
    return (...ids) => {
      const user = this.#subject.userKey;
      return user !== undefined && ids.some((id) => userKey(id) === user);
    };
  }

  /** Whether a condition holds for this subject. */
  holds(condition: Condition): boolean {
    return condition.matches(this.#subject) === true;
  }

  /** What `bucketBy` says this subject is bucketed by. */
  unit(bucketBy: string | undefined): string | undefined {
    this.bucketed = true;
    return unitOf(this.#subject, bucketBy);
  }
}
