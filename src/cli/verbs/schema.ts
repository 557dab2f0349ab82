import { flagsFileSchema } from '../../evaluation/definition/json-schema.js';
import type { Verb } from '../verb.js';

/** Prints the JSON Schema of files of flags; the one in the package is made with it. */
export const schema: Verb = {
  about: 'print the JSON Schema of flags.yaml, for editors',
  options: {},
  more: 'gatekeeper schema > flags.schema.json',
  async run(_given, { out }) {
    out(JSON.stringify(flagsFileSchema(), null, 2));
    return 0;
  },
};
