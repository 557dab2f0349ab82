import { parseFlag } from '../../evaluation/definition/parse.js';
import type { FlagInput } from '../../evaluation/definition/schema.js';
import { Place } from '../../evaluation/place.js';
import type { Draft } from './draft.js';
import { draftOf } from './draft-of.js';
import { fieldsIn } from './fields.js';

/** So many fields a form may have: body parsers of apps take 1,000 by default. */
const MOST_FIELDS = 800;

/**
 * The fields of a definition as it is found, be it good or not.
 *
 * @returns why no form can show it, else the fields
 */
export function draftShowing(definition: FlagInput, flag: string): Draft | string {
  try {
    parseFlag(definition, new Place('Flag', flag));
  } catch {
    return 'There is something in it that cannot be read.';
  }
  const draft = draftOf(definition);
  if (typeof draft === 'string') return draft;
  return fieldsIn(draft).length > MOST_FIELDS ? 'It has more parts than a form can hold.' : draft;
}
