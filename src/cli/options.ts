import type { Options } from './verb.js';

/* Options that several verbs have. */

export const STORE: Options = {
  store: {
    type: 'string',
    about: 'where the flags are; by default GATEKEEPER_STORE, else flags.yaml or flags.json in this folder',
  },
};

export const ENVIRONMENT: Options = {
  env: { type: 'string', about: 'the environment; by default GATEKEEPER_ENV, else default' },
};

export const JSON_OUT: Options = { json: { type: 'boolean', about: 'print JSON, for programs' } };

export const READ: Options = { ...STORE, ...ENVIRONMENT, ...JSON_OUT };

/** Who, and what they had seen. */
export const AUTHOR: Options = {
  by: { type: 'string', about: 'who makes the change, for the history; by default you at this machine' },
  'expected-revision': {
    type: 'string',
    about: 'refuse, with exit code 3, when what is changed here was changed after this revision',
  },
};

export const COMMENT: Options = { comment: { type: 'string', about: 'why, for the history' } };

export const WRITE: Options = { ...STORE, ...ENVIRONMENT, ...JSON_OUT, ...AUTHOR, ...COMMENT };

export const REASON: Options = {
  ...STORE,
  ...ENVIRONMENT,
  ...JSON_OUT,
  ...AUTHOR,
  reason: { type: 'string', about: 'why, for the history; has to be given' },
};

/** What `--json` prints for each verb that changes something. */
export const WRITTEN_SHAPE =
  '--json prints { store, environment, revision, changes: [{ kind, name, before, after }] }; changes is empty when nothing was different.';
