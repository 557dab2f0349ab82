import type { Subject } from '../subject.js';
import { type UserId, userKey } from '../user-id.js';
import type { Condition } from './condition.js';
import type { Truth } from './truth.js';

/** The user is one of a list. A set, so that ten thousand ids cost what one costs. */
export class ListedUsers implements Condition {
  readonly #users: ReadonlySet<string>;

  constructor(users: readonly UserId[]) {
    this.#users = new Set(users.map((id) => userKey(id) ?? ''));
  }

  get text(): string {
    return this.#users.size === 1
      ? `the user is ${[...this.#users][0]}`
      : `the user is one of ${this.#users.size} listed`;
  }

  matches(subject: Subject): Truth {
    const user = subject.userKey;
    return user === undefined ? undefined : this.#users.has(user);
  }

  failure(subject: Subject): string {
    const user = subject.userKey;
    return user === undefined ? 'there is no user' : `user ${user} is not listed`;
  }
}
