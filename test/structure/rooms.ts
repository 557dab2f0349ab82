/**
 * The rooms of `src/` and the floor each stands on. Imports only go down: a file may use its own room, rooms on a lower
 * floor, and `errors.ts`. A new room gets its line here.
 */
export const floors: Readonly<Record<string, number>> = {
  evaluation: 0,
  stores: 1,
  overrides: 1,
  runtime: 2,
  express: 3,
  dashboard: 4,
  testing: 4,
  cli: 4,
};

/** The folders in `evaluation/`, and which of each other they may use: what is written, and what is made of it. */
export const foldersOfEvaluation: Readonly<Record<string, readonly string[]>> = {
  definition: [],
  conditions: ['definition'],
  allocations: ['definition'],
};

/** Rooms that run in the page: they share types with the rest, never code. */
export const browserRooms: readonly string[] = ['browser'];

/** Node's modules that only compute. Everything else reads or writes something. */
export const pureBuiltins: readonly string[] = ['node:buffer', 'node:util'];

/** The one file below `express/` that may name Express's types: a flag sees its app and request. */
export const expressTypesInEvaluation = 'evaluation/context.ts';
