import type { Outcome } from '../details.js';
import type { Evidence } from '../explanation.js';
import type { Subject } from '../subject.js';

/** Takes down, for people, what decided. */
export type Note = (text: string, evidence?: Evidence) => void;

/** What a flag or a rule serves. Everything that can be known beforehand was found when it was made. */
export interface Allocation {
  /** @param note absent unless somebody wants it explained */
  decide(subject: Subject, note?: Note): Outcome;
}
