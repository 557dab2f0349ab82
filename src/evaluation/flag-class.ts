import { GatekeeperError, shown } from '../errors.js';
import { FeatureFlagConfig } from './flag-config.js';
import { FLAG_KINDS } from './flag-kind.js';
import { hasUnsafeCharacters } from './names.js';
import type { Place } from './place.js';

/** Most names, recognised at one look. */
const PLAIN_NAME = /^[\w-]{1,60}(?:\/[\w-]{1,60})?$/;

/** A flag's name for messages. */
export function flagPlace(name: string): string {
  return `Flag ${shown(name)}`;
}

/**
 * Checks a name: 1–200 characters, folders separated by `/`.
 *
 * @throws GatekeeperError `INVALID_FLAG`
 */
export function checkFlagName(name: unknown, place: Place | string): asserts name is string {
  if (typeof name !== 'string' || name === '') {
    throw invalid(
      place,
      `has ${shown(name)} for its name; give it a name, e.g. 'MY_NEW_FEATURE' or 'checkout/express-pay'`,
    );
  }
  if (PLAIN_NAME.test(name)) return;
  if (name.length > 200) throw invalid(place, `has a name of ${name.length} characters; use at most 200`);
  if (hasUnsafeCharacters(name)) {
    throw invalid(place, `has ${shown(name)} for its name; remove control characters and halves of characters`);
  }
  if (name.split('/').some((part) => part === '' || part !== part.trim())) {
    throw invalid(
      place,
      `has ${shown(name)} for its name; folders are separated by one '/', without empty parts or spaces around them`,
    );
  }
}

/**
 * Checks that a thing is an instance of a flag class whose fields can be used. Variants and overrides are checked when
 * the flag is compiled.
 *
 * @throws GatekeeperError `INVALID_FLAG`
 */
export function checkFlagInstance(flag: unknown, where: string): asserts flag is FeatureFlagConfig {
  if (typeof flag === 'function') {
    throw invalid(where, `is the class ${flag.name} itself; give an instance: new ${flag.name || 'MyFlag'}()`);
  }
  if (!(flag instanceof FeatureFlagConfig)) {
    throw invalid(
      where,
      `is ${shown(flag)}; give an instance of a class that extends FeatureFlagConfig or featureFlag({ … })`,
    );
  }
  checkFlagName(flag.flagName, `${where} (class ${flag.constructor.name})`);
  const place = flagPlace(flag.flagName);
  if (typeof flag.pickVariant !== 'function') {
    throw invalid(
      place,
      `has no pickVariant; add pickVariant(context) { return '…'; } to class ${flag.constructor.name}`,
    );
  }
  checkField(place, flag, 'description', 'string');
  checkField(place, flag, 'bucketBy', 'string');
  checkField(place, flag, 'salt', 'string');
  checkField(place, flag, 'overridable', 'boolean');
  if (flag.kind !== undefined && !FLAG_KINDS.includes(flag.kind)) {
    throw invalid(place, `is of the kind ${shown(flag.kind)}; use one of ${FLAG_KINDS.join(', ')}`);
  }
}

function checkField(place: string, flag: FeatureFlagConfig, field: keyof FeatureFlagConfig, type: string): void {
  const value = flag[field];
  if (value !== undefined && typeof value !== type) {
    throw invalid(place, `has ${shown(value)} for ${field}; use a ${type}`);
  }
}

function invalid(place: Place | string, problem: string): GatekeeperError {
  return new GatekeeperError('INVALID_FLAG', `${place} ${problem}.`);
}
