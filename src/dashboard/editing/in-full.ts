import { parseFlag } from '../../evaluation/definition/parse.js';
import type { FlagInput } from '../../evaluation/definition/schema.js';
import { Place } from '../../evaluation/place.js';

/**
 * The same definition without short forms and the words of other tools, so that rules can be added to it.
 *
 * @param off what everyone else gets who is on no list; `undefined` for a flag that is a class, whose code decides then
 * @throws GatekeeperError when it cannot be read
 */
export function inFull(definition: FlagInput, flag: string, off: string | undefined): FlagInput {
  const parsed = parseFlag(definition, new Place('Flag', flag));
  return parsed.onlyListed && off !== undefined ? { ...parsed.definition, serve: off } : parsed.definition;
}
