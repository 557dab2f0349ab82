import type { Application, Request } from 'express';
import { type Attributes, type EvaluationContext, type Session, SubjectContext } from './context.js';
import { type UserId, userKey } from './user-id.js';

const NO_ATTRIBUTES: Attributes = Object.freeze({});

/**
 * The one a flag is decided for. This base class is somebody known by id and attributes alone; a request adds what it has by
 * overriding the members, each of which is asked only when a flag needs it.
 */
export class Subject {
  readonly #userId: UserId | undefined;
  readonly #attributes: Attributes;
  #context: SubjectContext | undefined;

  constructor(userId?: UserId, attributes: Attributes = NO_ATTRIBUTES) {
    this.#userId = userId;
    this.#attributes = attributes;
  }

  get userId(): UserId | undefined {
    return this.#userId;
  }

  /** The user id in the form in which ids are compared. */
  get userKey(): string | undefined {
    return userKey(this.userId);
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

  /** What flag classes see. */
  get context(): EvaluationContext & SubjectContext {
    this.#context ??= new SubjectContext(this);
    return this.#context;
  }

  /** The variant this browser is pinned to, unchecked; `undefined` for none. */
  browserOverride(_flag: string): string | undefined {
    return undefined;
  }

  /**
   * The string that is hashed into a bucket. By default the user's id, for visitors the anonymous id; `userId`,
   * `anonymousId`, `sessionId` or the name of an attribute when the flag says so. `undefined`: there is none.
   */
  unit(bucketBy: string | undefined): string | undefined {
    switch (bucketBy) {
      case undefined:
        return this.userKey ?? this.anonymousId;
      case 'userId':
        return this.userKey;
      case 'anonymousId':
        return this.anonymousId;
      case 'sessionId':
        return this.sessionId;
      default:
        return Object.hasOwn(this.attributes, bucketBy) ? userKey(this.attributes[bucketBy]) : undefined;
    }
  }
}
