import { GatekeeperError, shown } from '../errors.js';
import type { Outcome } from './details.js';
import type { Place } from './place.js';
import { isRounded, userKey } from './user-id.js';
import type { VariantSet } from './variants.js';

type Layer = Readonly<Record<string, readonly unknown[] | undefined>>;

/**
 * User key → the outcome that user is pinned to. What stands above wins over what stands below; within one of them a user has one variant.
 *
 * @throws GatekeeperError `INVALID_FLAG` for an unknown variant, something that is no user id, or a user pinned twice
 */
export function pinned(
  below: unknown,
  above: unknown,
  variants: VariantSet,
  place: Place | string,
): ReadonlyMap<string, Outcome> | undefined {
  if (below === undefined && above === undefined) return undefined;
  const outcomes = new Map<string, Outcome>();
  for (const layer of [below, above]) {
    if (layer === undefined) continue;
    for (const [user, variant] of usersOf(checkedLayer(layer, place), variants, place)) {
      outcomes.set(user, variants.outcome(variant, 'OVERRIDE'));
    }
  }
  return outcomes.size === 0 ? undefined : outcomes;
}

function checkedLayer(layer: unknown, place: Place | string): Layer {
  if (typeof layer === 'object' && layer !== null && !Array.isArray(layer)) return layer as Layer;
  throw invalid(place, `has ${shown(layer)} for its overrides; give a map of variant → user ids, e.g. { ON: [1, 2] }`);
}

function usersOf(layer: Layer, variants: VariantSet, place: Place | string): Map<string, string> {
  const users = new Map<string, string>();
  for (const [variant, ids] of Object.entries(layer)) {
    if (!variants.has(variant)) {
      throw invalid(place, `overrides ${shown(variant)}, which is not one of its variants ${variants}`);
    }
    for (const user of usersListed(ids, variant, place)) {
      const other = users.get(user);
      if (other !== undefined && other !== variant) {
        throw invalid(place, `pins user ${shown(user)} to both '${other}' and '${variant}'; keep one of them`);
      }
      users.set(user, variant);
    }
  }
  return users;
}

function usersListed(ids: unknown, variant: string, place: Place | string): string[] {
  if (ids === undefined) return [];
  if (!Array.isArray(ids)) {
    throw invalid(
      place,
      `overrides '${variant}' for ${shown(ids)}; give a list of user ids, e.g. { ${variant}: [1, 2] }`,
    );
  }
  return ids.map((id) => {
    const user = userKey(id);
    if (isRounded(id)) {
      throw invalid(
        place,
        `overrides '${variant}' for ${shown(id)}, which has lost digits; put so large a user id in quotes`,
      );
    }
    if (user !== undefined) return user;
    throw invalid(
      place,
      `overrides '${variant}' for ${shown(id)}, which is not a user id; use a number or a non-empty string`,
    );
  });
}

function invalid(place: Place | string, problem: string): GatekeeperError {
  return new GatekeeperError('INVALID_FLAG', `${place} ${problem}.`);
}
