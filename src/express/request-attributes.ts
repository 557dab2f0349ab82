import type { Request } from 'express';
import { shown } from '../errors.js';
import type { Attributes } from '../evaluation/context.js';
import { isThenable } from '../evaluation/thenable.js';
import { askApp } from './ask-app.js';
import type { Services } from './services.js';

const NONE: Attributes = Object.freeze({});

/** What the app knows of the user of one request: read once per user id, at once or by a promise. */
export class RequestAttributes {
  readonly #services: Services;
  readonly #request: Request;
  #user: string | undefined;
  #known: Attributes | undefined;
  #coming: PromiseLike<unknown> | undefined;

  constructor(services: Services, request: Request) {
    this.#services = services;
    this.#request = request;
  }

  /** The attributes of this user; none while they are still coming. */
  of(user: string | undefined): Attributes {
    this.#read(user);
    if (this.#known !== undefined) return this.#known;
    this.#services.runtime.logger.once(
      'warn',
      'attributes promise',
      'A flag was read while attributes(req) was still coming, so it saw none. Declare the function `async`, so that it is awaited from the first request on, and put gatekeeper() after log-in, or `await req.gk.ready()` once the user is known.',
    );
    return NONE;
  }

  /** What was learnt of the user so far; asks for nothing. */
  get known(): Attributes {
    return this.#known ?? NONE;
  }

  /** Resolves once the attributes of this user are known. */
  async load(user: string | undefined): Promise<void> {
    this.#read(user);
    const coming = this.#coming;
    if (coming === undefined) return;
    const read = await coming;
    if (this.#coming === coming) this.#learn(read);
  }

  /** Whether what is known of this user will stay as it is. */
  settled(user: string | undefined): boolean {
    return this.#services.awaitsAttributes === false || (this.#known !== undefined && this.#user === user);
  }

  #read(user: string | undefined): void {
    if ((this.#known !== undefined || this.#coming !== undefined) && this.#user === user) return;
    this.#user = user;
    this.#coming = undefined;
    // The app's function may itself ask for flags: it is asked as somebody without attributes.
    this.#known = NONE;
    const { options, runtime } = this.#services;
    const read = options.attributes && askApp(runtime.logger, 'attributes', options.attributes, this.#request);
    if (isThenable(read)) {
      this.#services.awaitsAttributes = true;
      this.#known = undefined;
      this.#coming = read;
    } else {
      this.#services.awaitsAttributes ??= false;
      this.#learn(read);
    }
  }

  #learn(read: unknown): void {
    this.#coming = undefined;
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) {
      this.#known = read as Attributes;
      return;
    }
    this.#known = NONE;
    if (read === undefined || read === null) return;
    this.#services.runtime.logger.once(
      'warn',
      'attributes',
      `attributes(req) returned ${shown(read)}; return an object such as { plan: 'premium' }. Until then there are no attributes.`,
    );
  }
}
