import { messageOf } from '../errors.js';
import { parseFlag, parseSegment } from '../evaluation/definition/parse.js';
import { checkFlagName } from '../evaluation/flag-class.js';
import { Place } from '../evaluation/place.js';
import { blank, type FlagsFile } from '../stores/file/flags-file.js';
import { unsound } from './soundness.js';

/**
 * Checks each definition of a file by itself.
 *
 * @throws GatekeeperError naming everything that is wrong, by its line
 */
export function checkFile({ definitions: { flags, segments }, origin, blank: isBlank }: FlagsFile): void {
  // With nothing in it, it would replace everything by nothing.
  if (isBlank) throw blank(origin.name);
  const problems: string[] = [];
  const noting = (check: () => unknown): void => {
    try {
      check();
    } catch (error) {
      problems.push(messageOf(error));
    }
  };
  for (const [name, input] of Object.entries(flags)) {
    const place = new Place('Flag', name, origin);
    noting(() => checkFlagName(name, place));
    noting(() => parseFlag(input, place));
  }
  for (const [name, input] of Object.entries(segments)) {
    noting(() => parseSegment(input, new Place('Segment', name, origin)));
  }
  if (problems.length > 0) throw unsound(problems);
}
