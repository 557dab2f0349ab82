/** @import { FlagReader } from '../../../dist/index.js' */
/** @import { Library, User } from '../../contract.ts' */
import { gatekeeper } from '../../../dist/index.js';
import { gatekeeperDefinitions } from './definitions.js';

/**
 * Ours outside a request: `gk.for({ userId, attributes })`.
 *
 * @type {Library}
 */
export const gatekeeperByUser = {
  name: 'gk.for()',

  definitions: gatekeeperDefinitions,

  load(definitions) {
    const gk = gatekeeper({ definitions: JSON.parse(definitions) });
    return {
      context: (/** @type {User} */ { id, attributes }) => gk.for({ userId: id, attributes }),
      isOn: (/** @type {FlagReader} */ reader, flag) => reader.isEnabled(flag),
      variant: (/** @type {FlagReader} */ reader, flag) => reader.ffVariant(flag),
      all: (/** @type {FlagReader} */ reader) => reader.all(),
      one: (all, flag) => (all[flag] === 'on' ? true : all[flag] === 'off' ? false : all[flag]),
      close: () => gk.close(),
    };
  },
};
