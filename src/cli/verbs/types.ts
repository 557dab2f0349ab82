import { readFile, rename, writeFile } from 'node:fs/promises';
import { GatekeeperError } from '../../errors.js';
import { defaultEnvironment } from '../../runtime/surroundings.js';
import type { FlagStore } from '../../stores/store.js';
import { declarations } from '../declarations.js';
import { ENVIRONMENT, STORE } from '../options.js';
import { storeNamed } from '../store-named.js';
import type { Verb } from '../verb.js';

const FILE = 'gatekeeper-flags.d.ts';

/** Writes the declarations that type the flags of a file or store. */
export const types: Verb = {
  about: 'write a .d.ts that types the flags of a file or store',
  options: {
    ...STORE,
    ...ENVIRONMENT,
    out: { type: 'string', default: FILE, about: `the file to write; by default ${FILE}` },
    check: { type: 'boolean', about: 'write nothing; exit 1 when the file is not up to date' },
  },
  async run(given, { out: say, err }) {
    const store = storeNamed(given.text('store'));
    const environment = given.text('env') ?? defaultEnvironment();
    const {
      revision,
      flags,
      origin = { name: store.name },
    } = await store.load(environment).finally(() => store.close());
    // Rather a slip in the name than the wish to have no flag.
    if (revision === 0) throw nothingThere(environment, store);
    const path = given.text('out') ?? FILE;
    const text = declarations(flags, origin);
    const count = Object.keys(flags).length;
    if (given.has('check')) {
      const upToDate = (await contentOf(path)) === text;
      (upToDate ? say : err)(upToDate ? `${path} is up to date.` : `${path} is out of date; run gatekeeper types.`);
      return upToDate ? 0 : 1;
    }
    // In one step, so that a compiler that watches never sees half of it.
    await writeFile(`${path}.tmp`, text);
    await rename(`${path}.tmp`, path);
    say(`${path}: ${count} ${count === 1 ? 'flag' : 'flags'} of ${store.name}`);
    return 0;
  },
};

function nothingThere(environment: string, { name }: FlagStore): GatekeeperError {
  return new GatekeeperError(
    'STORE_FAILED',
    `Nothing was ever written to environment '${environment}' of ${name}; is the name right?`,
  );
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
