import type { Application, Request, Response } from 'express';
import type { Attributes, Session } from '../evaluation/context.js';
import type { KnownContext } from '../evaluation/snapshot.js';
import { Subject } from '../evaluation/subject.js';
import { isUserId, type UserId, userKey } from '../evaluation/user-id.js';
import { type BrowserOverrides, NO_OVERRIDES } from '../overrides/browser-overrides.js';
import { anonymousIdOf } from './anonymous-id.js';
import { askForId } from './ask-app.js';
import { RequestAttributes } from './request-attributes.js';
import { RequestOverrides } from './request-overrides.js';
import type { Services } from './services.js';

/** The one behind a request. Everything about them is read when a flag first needs it. */
export class RequestSubject extends Subject {
  /** `undefined` until a flag is read, `null` for a browser that has no overrides: it is asked nothing more about them. */
  #overrides: RequestOverrides | null | undefined;
  #foundKey: string | undefined;
  #foundId: UserId | undefined;
  #lookingUp = false;
  #attributes: RequestAttributes | undefined;
  readonly #services: Services;
  readonly #request: Request;
  readonly #response: Response;
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

  override get known(): KnownContext {
    return {
      userId: this.#foundId,
      anonymousId: this.#anonymousId,
      sessionId: this.#sessionId,
      attributes: this.#attributes?.known ?? {},
    };
  }

  /** Resolves once the attributes of the user known by now are there. */
  async loadAttributes(): Promise<void> {
    await this.#ownAttributes.load(this.userKey);
  }

  override browserOverride(flag: string): string | undefined {
    return this.mayBeOverridden ? this.browserOverrides.get(flag) : undefined;
  }

  /** What the cookie pins this browser to. */
  get browserOverrides(): BrowserOverrides {
    if (!this.mayBeOverridden || !this.#overrides || this.#overrides.reading) return NO_OVERRIDES;
    return this.#overrides.of(this.userKey);
  }

  protected override get mayBeOverridden(): boolean {
    if (this.#overrides === undefined) {
      this.#overrides = this.#services.overrides.mayApply(this.#request)
        ? new RequestOverrides(this.#services, this.#request, this.#response)
        : null;
    }
    return this.#overrides !== null;
  }

  protected override get settled(): boolean {
    return this.#attributes === undefined || this.#attributes.settled(this.userKey);
  }

  protected override get provisional(): boolean {
    return this.#lookingUp || this.#overrides?.reading === true;
  }

  get #ownAttributes(): RequestAttributes {
    this.#attributes ??= new RequestAttributes(this.#services, this.#request);
    return this.#attributes;
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
  if (isUserId(user?.id)) return user?.id;
  const session = Reflect.get(request, 'session') as { readonly userId?: UserId } | null | undefined;
  return session?.userId ?? undefined;
}
