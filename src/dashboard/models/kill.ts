import type { Administration } from '../../runtime/administration.js';
import { isKilled } from '../../runtime/kills.js';
import { type Moment, momentOf } from './moment.js';

/** How far back it is looked for when a flag was killed. */
const MOST_READ = 50;

/** Who killed a flag, when and why. */
interface Kill {
  readonly by: string;
  readonly reason: string;
  readonly when: Moment;
}

/** How a flag came to be killed; `undefined` where the history does not tell. */
export async function killOf(administration: Administration, name: string, now: number): Promise<Kill | undefined> {
  const entries = await administration.history({ flag: name, limit: MOST_READ });
  for (const { at, by, comment, changes } of entries) {
    const change = changes.find((one) => one.kind === 'flag' && one.name === name);
    if (change !== undefined && isKilled(change.after) && !isKilled(change.before)) {
      return { by, reason: comment, when: momentOf(at, now) };
    }
  }
  return undefined;
}
