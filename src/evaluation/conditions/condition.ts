import type { Subject } from './subject.js';
import { type UserId, userKey } from './user-id.js';

/** A test of the one a flag is decided for. */
export interface Condition {
  matches(subject: Subject): boolean;
  /** What it asks, to complete the sentence "matches when …". */
  readonly text: string;
}

/** The user is one of a list. A set, so that ten thousand ids cost what one costs. */
export class ListedUsers implements Condition {
  readonly #users: ReadonlySet<string>;

  constructor(users: readonly UserId[]) {
    this.#users = new Set(users.map((id) => String(userKey(id))));
  }

  get text(): string {
    return `the user is one of ${this.#users.size} listed`;
  }

  matches(subject: Subject): boolean {
    const user = subject.userKey;
    return user !== undefined && this.#users.has(user);
  }
}
