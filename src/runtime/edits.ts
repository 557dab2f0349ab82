import { GatekeeperError, shown } from '../errors.js';
import { mergePatch } from '../evaluation/definition/merge-patch.js';
import type { FlagInput, SegmentInput } from '../evaluation/definition/schema.js';
import { segmentWrittenOut, writtenOut } from '../evaluation/definition/written-out.js';
import { type UserId, userKey } from '../evaluation/user-id.js';
import { recordOf } from '../stores/content.js';
import type { Edit } from './editor.js';
import { plainJson } from './plain-json.js';

/** What is to become of a flag: a JSON Merge Patch (RFC 7396) of its definition, a shorthand in its place, or `null` for none. */
export type FlagPatch = FlagInput | null;

/**
 * Changes one flag; a new one is created.
 *
 * @throws GatekeeperError `INVALID_DEFINITION` for what JSON does not have, `INVALID_OPTION` for what is no name
 */
export function updating(name: string, patch: FlagPatch): Edit {
  if (typeof name !== 'string') {
    throw new GatekeeperError('INVALID_OPTION', `${shown(name)} is not the name of a flag; use text.`);
  }
  const plain = plainJson(patch, `What flag ${shown(name)} is to become`) as FlagPatch;
  return ({ flags }) => ({ flags: { [name]: patched(recordOf(flags, name), plain) } });
}

/** What a patch makes of a definition. */
function patched(flag: FlagInput | undefined, patch: FlagPatch): FlagPatch {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  return mergePatch(flag === undefined ? {} : writtenOut(flag), patch) as FlagInput;
}

/**
 * Puts a user on a segment's list, or takes them off.
 *
 * @param inCode the segment as the app's code has it, when the store has none of that name
 * @throws GatekeeperError `INVALID_OPTION` for what is no user id, `UNKNOWN_NAME` from the edit when there is no such segment
 */
export function listing(segment: string, userId: UserId, listed: boolean, inCode?: SegmentInput): Edit {
  const key = userKey(userId);
  if (key === undefined) {
    throw new GatekeeperError(
      'INVALID_OPTION',
      `${shown(userId)} is not a user id; use a number or a non-empty string.`,
    );
  }
  return ({ segments }) => {
    const known = recordOf(segments, segment) ?? inCode;
    if (known === undefined) throw new GatekeeperError('UNKNOWN_NAME', `There is no segment ${shown(segment)}.`);
    const definition = segmentWrittenOut(known);
    const users = (definition['users'] ?? []) as readonly UserId[];
    if (users.some((user) => userKey(user) === key) === listed) return {};
    const after = listed ? [...users, userId] : users.filter((user) => userKey(user) !== key);
    const changed: SegmentInput = Array.isArray(known) ? after : { ...definition, users: after };
    return { segments: { [segment]: changed } };
  };
}
