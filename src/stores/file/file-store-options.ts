import { GatekeeperError, shown } from '../../errors.js';

export interface FileStoreOptions {
  /** Whether nothing is ever written, by default `false`. */
  readonly readOnly?: boolean | undefined;
  /** Whether a file that is not there is an empty store, which the first change creates; by default `true`. */
  readonly create?: boolean | undefined;
}

/** @throws GatekeeperError `INVALID_OPTION` naming what cannot be used, and the fix */
export function checkedOptions(
  path: unknown,
  options: FileStoreOptions,
): { readonly readOnly: boolean; readonly create: boolean } {
  if (typeof path !== 'string' || path === '') {
    throw new GatekeeperError('INVALID_OPTION', `The path of a file store is ${shown(path)}; give a file's name.`);
  }
  const { readOnly = false, create = !readOnly, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new GatekeeperError(
      'INVALID_OPTION',
      `A file store has no option ${shown(unknown)}; it has readOnly and create.`,
    );
  }
  for (const [name, value] of Object.entries({ readOnly, create })) {
    if (typeof value !== 'boolean') {
      throw new GatekeeperError('INVALID_OPTION', `${name} is ${shown(value)}; write true or false.`);
    }
  }
  return { readOnly, create: create && !readOnly };
}
