import type { Request, Response } from 'express';
import { type BrowserOverrides, NO_OVERRIDES } from '../overrides/browser-overrides.js';
import { keepOutOfCaches } from './caching.js';
import type { Services } from './services.js';

/** What one request's cookie pins its browser to. */
export class RequestOverrides {
  readonly #services: Services;
  readonly #request: Request;
  readonly #response: Response;
  #user: string | undefined;
  #known: BrowserOverrides | undefined;
  #reading = false;

  constructor(services: Services, request: Request, response: Response) {
    this.#services = services;
    this.#request = request;
    this.#response = response;
  }

  /** True while `allow` is asked, which may itself ask for flags: as somebody without overrides. */
  get reading(): boolean {
    return this.#reading;
  }

  /** Read again when the user becomes known, because the right to it may hang on that. */
  of(user: string | undefined): BrowserOverrides {
    if (this.#known === undefined || this.#user !== user) {
      this.#user = user;
      this.#known = this.#read();
    }
    return this.#known;
  }

  #read(): BrowserOverrides {
    // Too late to keep the answer out of caches, and so too late to make it differ from everyone else's.
    if (this.#response.headersSent) return NO_OVERRIDES;
    this.#reading = true;
    try {
      const overrides = this.#services.overrides.read(this.#request);
      if (overrides.size > 0) keepOutOfCaches(this.#response);
      return overrides;
    } finally {
      this.#reading = false;
    }
  }
}
