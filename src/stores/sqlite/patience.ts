import { setTimeout as later } from 'node:timers/promises';
import { isBusy } from './failure.js';

/** How long others are waited for, in milliseconds: far longer than any write takes. */
const PATIENCE = 10_000;

/** The same where nothing else can happen meanwhile, for tables to be made and logs to be recovered. */
const PATIENCE_AT_ONCE = 500;

/** Tries until nobody else is in the way. Others go on meanwhile, in this process too. */
export async function patiently<Result>(action: () => Result, givenUp: () => boolean): Promise<Result> {
  const deadline = performance.now() + PATIENCE;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return action();
    } catch (error) {
      if (!isBusy(error) || givenUp() || performance.now() > deadline) throw error;
    }
    // By chance, so that two do not meet again and again.
    await later(Math.random() * Math.min(50, 5 * attempt));
  }
}

/** The same without letting go: whatever else this process does waits too. */
export function patientlyAtOnce<Result>(action: () => Result): Result {
  const deadline = performance.now() + PATIENCE_AT_ONCE;
  const clock = new Int32Array(new SharedArrayBuffer(4));
  while (true) {
    try {
      return action();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    Atomics.wait(clock, 0, 0, 5 + Math.random() * 20);
  }
}
