import { hostname, userInfo } from 'node:os';
import type { ChangeOptions } from '../stores/store.js';
import type { Given } from './given.js';

/** Who makes a change, why, and what they had seen. */
export function authorOf(given: Given): ChangeOptions {
  return {
    by: given.text('by') || `${userName()}@${hostname()}`,
    comment: given.text('comment') ?? given.text('reason'),
    expectedRevision: given.count('expected-revision'),
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container the user may have a number only.
    return process.env['USER'] || `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
