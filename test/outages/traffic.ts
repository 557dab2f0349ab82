import { onTestFinished } from 'vitest';
import { type Answer, visit } from './a-shop.js';

/** Visitors who keep coming. */
export interface Traffic {
  /** What was no answer. */
  readonly failed: readonly unknown[];
  /** How many were answered. */
  readonly answered: number;
  /** The first answer that is as wanted, of the visits that begin from now on. */
  until(wanted: (answer: Answer) => boolean): Promise<Answer>;
  /** Resolves when the last of them was answered. */
  end(): Promise<void>;
}

interface Waiting {
  readonly since: number;
  readonly hear: (answer: Answer) => void;
}

/** So many visitors at a time, each of whom comes again at once. */
export function traffic(origin: string, visitors = 4): Traffic {
  const failed: unknown[] = [];
  const waiting = new Set<Waiting>();
  let going = true;
  let begun = 0;
  let answered = 0;
  const lanes = Array.from({ length: visitors }, async () => {
    while (going) {
      begun += 1;
      const number = begun;
      try {
        const answer = await visit(origin);
        answered += 1;
        for (const { since, hear } of [...waiting]) if (number > since) hear(answer);
      } catch (error) {
        failed.push(error);
      }
    }
  });
  const end = async (): Promise<void> => {
    going = false;
    await Promise.all(lanes);
  };
  onTestFinished(end);
  return {
    failed,
    get answered() {
      return answered;
    },
    until: (wanted) =>
      new Promise((resolve) => {
        const one: Waiting = {
          since: begun,
          hear: (answer) => {
            if (!wanted(answer)) return;
            waiting.delete(one);
            resolve(answer);
          },
        };
        waiting.add(one);
      }),
    end,
  };
}
