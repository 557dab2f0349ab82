import type { Application, Request, Response } from 'express';
import { messageOf, shown } from '../errors.js';
import type { Attributes, Session } from '../evaluation/context.js';
import { Subject } from '../evaluation/subject.js';
import { abandon, isThenable } from '../evaluation/thenable.js';
import { type UserId, userKey } from '../evaluation/user-id.js';
import { type BrowserOverrides, NO_OVERRIDES } from '../overrides/browser-overrides.js';
import { anonymousIdOf } from './anonymous-id.js';
import { keepOutOfCaches } from './caching.js';
import type { Services } from './services.js';

const NO_ATTRIBUTES: Attributes = Object.freeze({});

/** The one behind a request. Everything about them is read when a flag first needs it. */
export class RequestSubject extends Subject {
  readonly #services: Services;
  readonly #request: Request;
  readonly #response: Response;
  #foundId: UserId | undefined;
  #foundKey: string | undefined;
  #attributes: Attributes | undefined;
  #attributesOf: string | undefined;
  #overrides: BrowserOverrides | undefined;
  #overridesOf: string | undefined;
  #anonymousId: string | undefined;

  constructor(services: Services, request: Request, response: Response) {
    super(services.runtime);
    this.#services = services;
    this.#request = request;
    this.#response = response;
  }

  override get userId(): UserId | undefined {
    this.#lookUp();
    return this.#foundId;
  }

  override get userKey(): string | undefined {
    return this.#foundKey ?? this.#lookUp();
  }

  override get app(): Application | undefined {
    return this.#request.app;
  }

  override get request(): Request {
    return this.#request;
  }

  override get session(): Session | undefined {
    return (this.#request as { readonly session?: Session }).session;
  }

  override get anonymousId(): string | undefined {
    const { anonymousId } = this.#services.options;
    if (anonymousId === false) return undefined;
    if (anonymousId !== undefined) return userKey(this.#ask('anonymousId', anonymousId));
    this.#anonymousId ??= anonymousIdOf(this.#request, this.#response);
    return this.#anonymousId;
  }

  override get sessionId(): string | undefined {
    const { sessionID, session } = this.#request as {
      readonly sessionID?: unknown;
      readonly session?: { readonly id?: unknown } | null;
    };
    return userKey(sessionID ?? session?.id);
  }

  override get attributes(): Attributes {
    const user = this.userKey;
    if (this.#attributes === undefined || this.#attributesOf !== user) {
      this.#attributesOf = user;
      this.#attributes = this.#readAttributes();
    }
    return this.#attributes;
  }

  override browserOverride(flag: string): string | undefined {
    return this.browserOverrides.get(flag);
  }

  /** What the cookie pins this browser to. Read again when the user becomes known, because the right to it may hang on that. */
  get browserOverrides(): BrowserOverrides {
    if (this.#request.headers.cookie === undefined) return NO_OVERRIDES;
    const user = this.userKey;
    if (this.#overrides === undefined || this.#overridesOf !== user) {
      this.#overridesOf = user;
      this.#overrides = this.#services.overrides.read(this.#request);
      if (this.#overrides.size > 0) keepOutOfCaches(this.#response);
    }
    return this.#overrides;
  }

  protected override get settled(): boolean {
    if (!this.#services.awaitsAttributes) return true;
    return this.#attributes !== undefined && this.#attributesOf === this.userKey;
  }

  /** Reads asynchronous attributes for the user as known now. */
  async loadAttributes(): Promise<void> {
    const user = this.userKey;
    if (
      this.#services.options.attributes === undefined ||
      (this.#attributes !== undefined && this.#attributesOf === user)
    )
      return;
    const read = await this.#ask('attributes', this.#services.options.attributes);
    this.#attributes = this.#checkedAttributes(read);
    this.#attributesOf = user;
  }

  #lookUp(): string | undefined {
    if (this.#foundKey !== undefined) return this.#foundKey;
    const id = this.#ask('userId', this.#services.userId);
    const key = userKey(id);
    if (key === undefined && typeof id === 'object' && id !== null) {
      this.#services.runtime.logger.once(
        'warn',
        'userId',
        `userId(req) returned ${isThenable(id) ? 'a promise' : shown(id)}; return a string or a number, synchronously. Until then nobody is known.`,
      );
    }
    if (key !== undefined) {
      this.#foundId = id as UserId;
      this.#foundKey = key;
    }
    return key;
  }

  #readAttributes(): Attributes {
    const { attributes } = this.#services.options;
    if (attributes === undefined) return NO_ATTRIBUTES;
    const read = this.#ask('attributes', attributes);
    if (!isThenable(read)) return this.#checkedAttributes(read);
    abandon(read);
    this.#services.awaitsAttributes = true;
    this.#services.runtime.logger.once(
      'warn',
      'attributes promise',
      'attributes(req) is asynchronous and was not awaited for this user; put gatekeeper() after log-in, or `await req.gk.ready()`. Until then there are no attributes.',
    );
    return NO_ATTRIBUTES;
  }

  #checkedAttributes(read: unknown): Attributes {
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Attributes;
    if (read !== undefined && read !== null) {
      this.#services.runtime.logger.once(
        'warn',
        'attributes',
        `attributes(req) returned ${shown(read)}; return an object such as { plan: 'premium' }. Until then there are no attributes.`,
      );
    }
    return NO_ATTRIBUTES;
  }

  /** Asks the app's own function; whatever it throws means that it does not know. */
  #ask<Answer>(option: string, look: (request: Request) => Answer): Answer | undefined {
    const failed = (error: unknown): undefined => {
      this.#services.runtime.logger.once(
        'error',
        `${option} threw`,
        `${option}(req) threw: ${messageOf(error)}; it is taken as unknown.`,
      );
    };
    try {
      const answer = look(this.#request);
      return isThenable(answer) ? (answer.then(undefined, failed) as Answer) : answer;
    } catch (error) {
      return failed(error);
    }
  }
}

/** Where Express apps keep the id of who is logged in. */
export function usualUserId(request: Request): UserId | undefined {
  const { user, session } = request as {
    readonly user?: { readonly id?: UserId } | null;
    readonly session?: { readonly userId?: UserId } | null;
  };
  return userKey(user?.id) === undefined ? (session?.userId ?? undefined) : user?.id;
}
