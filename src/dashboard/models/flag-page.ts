import type { CompiledFlag } from '../../evaluation/compiled-flag.js';
import { parseFlag } from '../../evaluation/definition/parse.js';
import type { FlagInput } from '../../evaluation/definition/schema.js';
import { Place } from '../../evaluation/place.js';
import type { Administration } from '../../runtime/administration.js';
import { recordOf } from '../../stores/content.js';
import { serveDraft } from '../editing/serve-draft.js';
import { definitionLines } from './definition-lines.js';
import { type RampPicture, rampPicture } from './ramp-picture.js';

/** Where a flag comes from, and what its store says of it. */
interface Stored {
  /** The class whose code decides, `''` for a flag that is data. */
  readonly className: string;
  /** The store, `''` for an app without one. */
  readonly storeName: string;
  /** Its definition as YAML, `''` when the store has none. */
  readonly text: string;
  /** What goes up or down by the clock. */
  readonly pictures: readonly { readonly title: string; readonly picture: RampPicture }[];
}

/** @param now milliseconds since the epoch */
export function storedModel(
  name: string,
  flag: CompiledFlag | undefined,
  administration: Administration | undefined,
  now: number,
): Stored {
  const definition = administration && recordOf(administration.content.flags, name);
  return {
    className: flag?.config?.constructor.name ?? '',
    storeName: administration?.storeName ?? '',
    text: definitionLines(definition).join('\n'),
    pictures: definition === undefined ? [] : picturesOf(definition, now),
  };
}

function picturesOf(definition: FlagInput, now: number): Stored['pictures'] {
  try {
    const { rules = [], serve } = parseFlag(definition, new Place('Flag', '')).definition;
    const served = [
      ...rules.map(({ name, serve: given }, index) => ({ title: name ?? `Rule ${index + 1}`, given })),
      { title: 'Everyone else', given: serve },
    ];
    return served.flatMap(({ title, given }) => {
      const picture = rampPicture(serveDraft(given), now);
      return picture === undefined ? [] : [{ title, picture }];
    });
  } catch {
    return [];
  }
}
