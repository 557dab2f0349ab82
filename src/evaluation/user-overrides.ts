import { shown } from '../errors.js';
import { didYouMean } from './closest.js';
import type { Outcome } from './details.js';
import type { Place } from './place.js';
import { isRounded, userKey } from './user-id.js';
import type { VariantSet } from './variants.js';

/** Variant → user ids as they were written, and where. */
export interface WrittenOverrides {
  readonly overrides: unknown;
  readonly place: Place;
}

/**
 * User key → the outcome that user is set to. What is listed later wins over what is listed earlier; within one of them a user
 * has one variant.
 *
 * @throws GatekeeperError for an unknown variant, something that is no user id, or a user with two variants
 */
export function userOverrides(
  written: readonly WrittenOverrides[],
  variants: VariantSet,
): ReadonlyMap<string, Outcome> | undefined {
  let outcomes: Map<string, Outcome> | undefined;
  for (const { overrides, place } of written) {
    if (overrides === undefined) continue;
    for (const [user, variant] of usersOf(overrides, variants, place)) {
      outcomes ??= new Map();
      outcomes.set(user, variants.outcome(variant, 'OVERRIDE'));
    }
  }
  return outcomes;
}

function usersOf(overrides: unknown, variants: VariantSet, place: Place): Map<string, string> {
  if (typeof overrides !== 'object' || overrides === null || Array.isArray(overrides)) {
    throw place.error(
      `has ${shown(overrides)} for its overrides; give a map of variant → user ids, e.g. { ON: [1, 2] }`,
    );
  }
  const users = new Map<string, string>();
  for (const [variant, ids] of Object.entries(overrides)) {
    if (!variants.has(variant)) {
      const meant = didYouMean(variant, variants.names);
      const at = place.inData ? place.at('overrides').at(variant) : place;
      throw at.error(`overrides ${shown(variant)}, which is not one of its variants ${variants}${meant}`);
    }
    for (const user of usersListed(ids, variant, place)) {
      const other = users.get(user);
      if (other !== undefined && other !== variant) {
        throw place.error(`pins user ${shown(user)} to both '${other}' and '${variant}'; keep one of them`);
      }
      users.set(user, variant);
    }
  }
  return users;
}

function usersListed(ids: unknown, variant: string, place: Place): string[] {
  if (ids === undefined) return [];
  if (!Array.isArray(ids)) {
    throw place.error(`overrides '${variant}' for ${shown(ids)}; give a list of user ids, e.g. { ${variant}: [1, 2] }`);
  }
  return ids.map((id) => {
    const user = userKey(id);
    if (isRounded(id)) {
      throw place.error(
        `overrides '${variant}' for ${shown(id)}, which has lost digits; put so large a user id in quotes`,
      );
    }
    if (user !== undefined) return user;
    throw place.error(
      `overrides '${variant}' for ${shown(id)}, which is not a user id; use a number or a non-empty string`,
    );
  });
}
