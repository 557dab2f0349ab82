import { didYouMean } from '../evaluation/closest.js';
import { parseFlag } from '../evaluation/definition/parse.js';
import { type FlagInput, foreignFields } from '../evaluation/definition/schema.js';
import { writtenOut } from '../evaluation/definition/written-out.js';
import { Place } from '../evaluation/place.js';
import { VariantSet } from '../evaluation/variants.js';
import { shortest } from '../runtime/kills.js';
import { calledWrongly } from './exit-codes.js';

type Definition = Readonly<Record<string, unknown>>;

const WORDS = ['true', 'false', 'off'];

/**
 * A flag once it was decided for everyone: `true`, `false`, a percentage such as `20%`, or a variant. Whatever else chose is
 * dropped, rules only where they are not to be kept; users pinned by `overrides` and a kill stay.
 *
 * @param flag what it was; nothing for a new one
 * @throws GatekeeperError `INVALID_OPTION` for a word that decides nothing
 */
export function decided(name: string, flag: FlagInput | undefined, word: string, keepRules: boolean): FlagInput {
  const before = flag === undefined ? {} : writtenOut(flag);
  const rest = keepRules
    ? withOwnRules(name, before)
    : without(before, ['rules', 'serve', ...Object.keys(foreignFields)]);
  if (isOneOf(before['variants'], word)) return { ...rest, enabled: true, serve: word };
  if (word === 'false') return shortest({ ...(keepRules ? before : rest), enabled: false });
  return { ...rest, enabled: true, serve: word === 'true' ? on(name, before) : servedBy(word, before) };
}

/** The on variant for all. A class may be behind a flag without variants: a percentage reads as its on variant, whatever its name. */
function on(name: string, { variants, off }: Definition): unknown {
  return variants === undefined ? { percentage: 100 } : new VariantSet(variants, off, new Place('Flag', name)).on;
}

function servedBy(word: string, { variants }: Definition): unknown {
  const [, percentage] = /^(\d+(?:\.\d+)?)%$/.exec(word) ?? [];
  if (percentage !== undefined) {
    if (Number(percentage) <= 100) return { percentage: Number(percentage) };
    throw calledWrongly(`${word} is more than everybody; use a percentage from 0% to 100%`);
  }
  if (word.endsWith('%')) throw calledWrongly(`'${word}' is no percentage; write digits, as in 20% or 0.5%`);
  if (/^\d+(\.\d+)?$/.test(word)) throw calledWrongly(`'${word}' is no variant; write ${word}% for a percentage`);
  const meant = variants === undefined && word.length > 2 && !WORDS.includes(word) ? didYouMean(word, WORDS) : '';
  if (meant !== '' && !WORDS.includes(word.toLowerCase())) throw calledWrongly(`'${word}' is no variant${meant}`);
  return word;
}

/** What other tools' maps say about users, as rules: it cannot stand beside a `serve` of its own. */
function withOwnRules(name: string, definition: Definition): Definition {
  const { rules } = parseFlag(definition, new Place('Flag', name)).definition;
  return { ...without(definition, ['serve', ...Object.keys(foreignFields)]), ...(rules && { rules }) };
}

function without(definition: Definition, keys: readonly string[]): Definition {
  return Object.fromEntries(Object.entries(definition).filter(([key]) => !keys.includes(key)));
}

function isOneOf(variants: unknown, word: string): boolean {
  if (Array.isArray(variants)) return variants.includes(word);
  return typeof variants === 'object' && variants !== null && Object.hasOwn(variants, word);
}
