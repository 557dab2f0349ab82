import type { Application, Request, Response } from 'express';
import type { Attributes, Session } from '../evaluation/context.js';
import { Subject } from '../evaluation/subject.js';
import { type UserId, userKey } from '../evaluation/user-id.js';
import { type BrowserOverrides, NO_OVERRIDES } from '../overrides/browser-overrides.js';
import { anonymousIdOf } from './anonymous-id.js';
import { askForId } from './ask-app.js';
import { keepOutOfCaches } from './caching.js';
import { mayHaveOverrides } from './override-policy.js';
import { RequestAttributes } from './request-attributes.js';
import type { Services } from './services.js';

/** The one behind a request. Everything about them is read when a flag first needs it. */
export class RequestSubject extends Subject {
  readonly #services: Services;
  readonly #request: Request;
  readonly #response: Response;
  #foundId: UserId | undefined;
  #foundKey: string | undefined;
  #lookingUp = false;
  #attributes: RequestAttributes | undefined;
  #hasCookie: boolean | undefined;
  #overrides: BrowserOverrides | undefined;
  #overridesOf: string | undefined;
  #readingOverrides = false;
  #anonymousId: string | undefined;
  #sessionId: string | undefined;

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
    const { options, runtime } = this.#services;
    if (options.anonymousId === false) return undefined;
    this.#anonymousId ??=
      options.anonymousId === undefined
        ? anonymousIdOf(this.#request, this.#response)
        : userKey(askForId(runtime.logger, 'anonymousId', options.anonymousId, this.#request));
    return this.#anonymousId;
  }

  override get sessionId(): string | undefined {
    const { sessionID, session } = this.#request as {
      readonly sessionID?: unknown;
      readonly session?: { readonly id?: unknown } | null;
    };
    // A session may be given another id on the way, at log-in; the first stays for this request.
    this.#sessionId ??= userKey(sessionID ?? session?.id);
    return this.#sessionId;
  }

  override get attributes(): Attributes {
    return this.#ownAttributes.of(this.userKey);
  }

  /** Resolves once the attributes of the user known by now are there. */
  async loadAttributes(): Promise<void> {
    await this.#ownAttributes.load(this.userKey);
  }

  override browserOverride(flag: string): string | undefined {
    return this.browserOverrides.get(flag);
  }

  /** What the cookie pins this browser to. Read again when the user becomes known, because the right to it may hang on that. */
  get browserOverrides(): BrowserOverrides {
    // `allow` may itself ask for flags: it is asked as somebody without overrides.
    if (!this.mayBeOverridden || this.#readingOverrides) return NO_OVERRIDES;
    const user = this.userKey;
    if (this.#overrides === undefined || this.#overridesOf !== user) {
      this.#overridesOf = user;
      this.#overrides = this.#readOverrides();
    }
    return this.#overrides;
  }

  protected override get mayBeOverridden(): boolean {
    this.#hasCookie ??= mayHaveOverrides(this.#request);
    return this.#hasCookie;
  }

  protected override get settled(): boolean {
    return this.#services.options.attributes === undefined || this.#ownAttributes.settled(this.userKey);
  }

  protected override get provisional(): boolean {
    return this.#readingOverrides || this.#lookingUp;
  }

  get #ownAttributes(): RequestAttributes {
    this.#attributes ??= new RequestAttributes(this.#services, this.#request);
    return this.#attributes;
  }

  #readOverrides(): BrowserOverrides {
    // Too late to keep the answer out of caches, and so too late to make it differ from everyone else's.
    if (this.#response.headersSent) return NO_OVERRIDES;
    this.#readingOverrides = true;
    try {
      const overrides = this.#services.overrides.read(this.#request);
      if (overrides.size > 0) keepOutOfCaches(this.#response);
      return overrides;
    } finally {
      this.#readingOverrides = false;
    }
  }

  #lookUp(): string | undefined {
    if (this.#foundKey === undefined && !this.#lookingUp) {
      // The app's function may itself ask for flags: it is asked as a visitor.
      this.#lookingUp = true;
      this.#foundId =
        askForId(this.#services.runtime.logger, 'userId', this.#services.userId, this.#request) ?? undefined;
      this.#foundKey = userKey(this.#foundId);
      this.#lookingUp = false;
    }
    return this.#foundKey;
  }
}

/** Where Express apps keep the id of who is logged in. */
export function usualUserId(request: Request): UserId | undefined {
  // Read by reflection: every request of Express has a shape of its own, which defeats the engine's inline caches.
  const user = Reflect.get(request, 'user') as { readonly id?: UserId } | null | undefined;
  if (userKey(user?.id) !== undefined) return user?.id;
  const session = Reflect.get(request, 'session') as { readonly userId?: UserId } | null | undefined;
  return session?.userId ?? undefined;
}
