import { GatekeeperError } from '../../errors.js';
import type { Definitions } from '../../evaluation/definition/schema.js';
import { byName, type ChangedRecord } from '../audit.js';
import { ConflictError } from '../conflict-error.js';
import type { Revision, StoreContent, StoreDelta } from '../store.js';
import { recordOf, SCHEMA } from './keys.js';

/** A record of a reply: its definition as JSON text, or nothing. */
type Pairs = readonly string[];

/** What scripts answer: a word, and what it is about. */
type Reply =
  | readonly ['newer', string]
  | readonly ['conflict', Revision, ...string[]]
  | readonly ['applied', Revision]
  | readonly ['loaded', Revision, Pairs];

export function contentIn(reply: unknown): StoreContent {
  const [revision, changed] = loaded(reply);
  return { revision, ...(byName(changed.filter(({ after }) => after !== null)) as Required<Definitions>) };
}

export function deltaIn(reply: unknown, since: Revision): StoreDelta | undefined {
  const [revision, changed] = loaded(reply);
  // A server that lost its data, and began anew, cannot tell what was there before.
  return since > revision ? undefined : { revision, ...byName(changed) };
}

/** @throws ConflictError */
export function revisionIn(
  reply: unknown,
  records: readonly ChangedRecord[],
  expected: Revision | undefined,
): Revision {
  const [word, revision, ...now] = reply as Reply;
  if (word === 'applied') return revision;
  if (word === 'conflict') {
    const current = records.map((record, at) => ({ ...record, after: definitionIn(now[at] as string | undefined) }));
    throw new ConflictError(byName(current), revision, expected ?? revision);
  }
  throw tooNew(revision);
}

/** What `HMGET head revision schema` answers. */
export function revisionInHead(reply: unknown): Revision {
  const [revision, schema] = reply as (string | null)[];
  if (Number(schema) > SCHEMA) throw tooNew(schema);
  return Number(revision);
}

function loaded(reply: unknown): [Revision, ChangedRecord[]] {
  const [word, revision, pairs] = reply as Reply;
  if (word !== 'loaded') throw tooNew(revision);
  const records: ChangedRecord[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    records.push({ ...recordOf(pairs[at] ?? ''), after: definitionIn(pairs[at + 1]) });
  }
  return [revision, records];
}

function definitionIn(text = ''): ChangedRecord['after'] {
  return text === '' ? null : (JSON.parse(text) as ChangedRecord['after']);
}

function tooNew(schema: unknown): GatekeeperError {
  return new GatekeeperError(
    'STORE_TOO_NEW',
    `The flags in Redis were written by a newer express-gatekeeper (schema ${schema}; this one knows ${SCHEMA}): update this one.`,
  );
}
