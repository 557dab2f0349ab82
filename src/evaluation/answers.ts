import type { Outcome } from './details.js';

/** What was decided for one user at a time. */
export class Answers {
  #outcomes = new Map<object, Outcome>();
  #user: string | undefined;

  /** The answers that hold for this user: when somebody logs in, what the visitor was told does not bind the user. */
  of(user: string | undefined): Map<object, Outcome> {
    if (this.#user !== user) {
      this.#user = user;
      this.#outcomes = new Map();
    }
    return this.#outcomes;
  }
}
