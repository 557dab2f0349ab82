import { z } from 'zod';
import { flagsFile } from './schema.js';

/** The JSON Schema (draft 2020-12) of a file of flags, for editors that complete and check `flags.yaml`. */
export function flagsFileSchema(): object {
  return {
    ...z.toJSONSchema(flagsFile, { io: 'input', unrepresentable: 'any' }),
    title: 'Feature flags of express-gatekeeper',
  };
}
