import { GatekeeperError } from '../../errors.js';
import { ConflictError } from '../../stores/conflict-error.js';

/** Why a change was not made: the page that it came from is shown again, and says so. */
export interface Refusal {
  readonly status: number;
  /** `comment`: it lacks a good one. `changed`: it is no longer what was shown. `refused`, `store`: as the message says. */
  readonly why: 'comment' | 'changed' | 'refused' | 'store';
  readonly message: string;
}

export const CHANGED: Refusal = { status: 409, why: 'changed', message: '' };

/** @param message what is wrong with the comment */
export function noComment(message: string): Refusal {
  return { status: 422, why: 'comment', message };
}

/** @throws whatever is no refusal */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof ConflictError) return { ...CHANGED, message: error.message };
  if (!(error instanceof GatekeeperError)) throw error;
  const { code, message } = error;
  return code.startsWith('STORE_') ? { status: 503, why: 'store', message } : { status: 409, why: 'refused', message };
}
