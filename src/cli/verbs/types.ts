import { readFile, rename, writeFile } from 'node:fs/promises';
import { GatekeeperError } from '../../errors.js';
import { defaultEnvironment, defaultStore } from '../../runtime/surroundings.js';
import { openStore } from '../../stores/open-store.js';
import type { FlagStore } from '../../stores/store.js';
import { declarations } from '../declarations.js';
import type { Verb } from '../verb.js';

/** Writes the declarations that type the flags of a file or store. */
export const types: Verb = {
  about: 'write a .d.ts that types the flags of a file or store',
  usage: `Usage: gatekeeper types [--store file:flags.yaml] [--out gatekeeper-flags.d.ts] [--check]

  --store  where the flags are; by default GATEKEEPER_STORE, else flags.yaml or flags.json in this folder
  --env    the environment; by default GATEKEEPER_ENV, else default
  --out    the file to write; by default gatekeeper-flags.d.ts
  --check  write nothing; exit 1 when the file is not up to date`,
  options: {
    store: { type: 'string' },
    env: { type: 'string' },
    out: { type: 'string', default: 'gatekeeper-flags.d.ts' },
    check: { type: 'boolean' },
  },
  async run({ store: named, env, out, check }, { out: say, err }) {
    const store = storeFor(named as string | undefined);
    const environment = (env as string | undefined) ?? defaultEnvironment();
    const { flags, origin = { name: store.name } } = await store.load(environment);
    await store.close();
    const path = out as string;
    const text = declarations(flags, origin);
    const count = Object.keys(flags).length;
    if (check === true) {
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

function storeFor(named: string | undefined): FlagStore {
  const url = named ?? (process.env['GATEKEEPER_STORE'] || defaultStore());
  if (url !== undefined) return openStore(url);
  throw new GatekeeperError(
    'INVALID_OPTION',
    'There is no flags.yaml here; name a store, e.g. --store file:config/flags.yaml',
  );
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
