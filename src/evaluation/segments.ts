import type { Condition } from './conditions/condition.js';
import { Any } from './conditions/groups.js';
import { ListedUsers } from './conditions/listed-users.js';
import type { SharedConditions } from './conditions/shared-conditions.js';
import type { References } from './definition/references.js';
import type { SegmentDraft } from './drafts.js';
import type { Problems } from './problems.js';

/** What the segments of one snapshot are made with. */
export interface SegmentMaking {
  readonly conditions: SharedConditions;
  readonly references: References;
  readonly problems: Problems;
}

/** The segments of one snapshot, each compiled when it is first asked for: they refer to each other in any order. */
export class Segments {
  readonly #drafts: ReadonlyMap<string, SegmentDraft>;
  readonly #making: SegmentMaking;
  /** `undefined` for one that cannot be used. */
  readonly #compiled: Map<string, Condition | undefined>;

  /** @param known what was compiled before, and still holds */
  constructor(drafts: ReadonlyMap<string, SegmentDraft>, making: SegmentMaking, known?: Segments) {
    this.#drafts = drafts;
    this.#making = making;
    this.#compiled = new Map(known ? known.#compiled : []);
  }

  /** A segment, made ready; `undefined` when it does not exist or cannot be used. */
  get(name: string): Condition | undefined {
    const draft = this.#drafts.get(name);
    if (draft !== undefined && !this.#compiled.has(name)) {
      try {
        this.#compiled.set(name, this.#compile(name, draft));
      } catch (error) {
        this.#making.problems.setAside('segment', name, draft.tolerant, error);
      }
    }
    return this.#compiled.get(name);
  }

  /** All that can be used. */
  usable(): Map<string, Condition> {
    const usable = new Map<string, Condition>();
    for (const name of this.#drafts.keys()) {
      const condition = this.get(name);
      if (condition !== undefined) usable.set(name, condition);
    }
    return usable;
  }

  #compile(name: string, { definition: { users, when }, place }: SegmentDraft): Condition {
    // Until it is found to be usable it is not.
    this.#compiled.set(name, undefined);
    const problem = this.#making.references.problemOf('segment', name);
    if (problem !== undefined) throw place.error(problem);
    return new Any([
      ...(users ? [new ListedUsers(users)] : []),
      ...(when ? [this.#making.conditions.of(when, place.at('when'))] : []),
    ]);
  }
}
