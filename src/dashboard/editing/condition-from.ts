import { isPlain } from '../../evaluation/json-value.js';
import type { GroupDraft, PartDraft, WantedDraft } from './draft.js';
import { operatorNamed, readOperand } from './operators.js';
import type { Reading } from './reading.js';
import { readOneOrMore, texts, wanted } from './typed-text.js';

type Condition = Readonly<Record<string, unknown>>;

const WORDS = ['all', 'any', 'not', 'segment', 'flag'];

/**
 * The condition that a group of fields comes to.
 *
 * @param field where the group stands in the form
 */
export function conditionFrom(group: GroupDraft, field: string, reading: Reading): Condition {
  // A rule without conditions is one for everybody.
  if (group.kind === 'all' && group.parts.length === 0) return {};
  return groupFrom(group, field, reading);
}

function groupFrom({ kind, style, parts }: GroupDraft, field: string, reading: Reading): Condition {
  const conditions = parts.map((part, index) => partFrom(part, `${field}.parts.${index}`, reading));
  if (parts.length === 0) reading.wrong(field, 'there is nothing in this group; add a condition, or remove it');
  if (kind === 'not') return { not: inOneMap(conditions) };
  if (kind === 'all' && style === 'map') return inOneMap(conditions);
  return { [kind === 'any' ? 'any' : 'all']: conditions };
}

function partFrom(part: PartDraft, field: string, reading: Reading): Condition {
  switch (part.kind) {
    case 'attribute':
      return attributeFrom(part, field, reading);
    case 'segment':
      return segmentFrom(part, field, reading);
    case 'flag':
      return {
        flag: wantedFrom([{ flag: part.subject, operator: part.operator, variants: part.value }], () => field, reading),
      };
    case 'kept': {
      const kept = reading.json(part.kept, field, 'what was kept here came back damaged; open the flag anew');
      return isPlain(kept) ? kept : {};
    }
    default:
      return groupFrom(part, field, reading);
  }
}

function attributeFrom({ subject, operator: name, value }: PartDraft, field: string, reading: Reading): Condition {
  const attribute = reading.needed(subject, `${field}.subject`, 'the attribute');
  if (WORDS.includes(attribute)) {
    reading.wrong(`${field}.subject`, `an attribute cannot be named ${attribute}: the word means something else here`);
  }
  const operator = operatorNamed(name);
  if (operator === undefined) {
    reading.wrong(`${field}.operator`, 'how to compare is missing');
    return {};
  }
  const read = readOperand(operator, value);
  if (typeof read === 'string') {
    reading.wrong(`${field}.value`, read);
    return {};
  }
  const test = operator.key === '' ? read.operand : { [operator.key]: read.operand };
  return { [attribute]: operator.negated ? { not: test } : test };
}

function segmentFrom({ operator, value }: PartDraft, field: string, reading: Reading): Condition {
  if (operator !== 'isOneOf') return { segment: reading.needed(value, `${field}.value`, 'the segment') };
  const segments = reading.lines(value, texts);
  if (segments === undefined) reading.wrong(`${field}.value`, 'the segment is missing');
  return { segment: segments ?? [] };
}

/** What other flags have to serve, as a map. */
export function wantedFrom(
  rows: readonly WantedDraft[],
  fieldOf: (index: number) => string,
  reading: Reading,
): Record<string, unknown> {
  const found = new Map<string, unknown>();
  rows.forEach(({ flag: typed, operator, variants }, index) => {
    if (typed.trim() === '' && variants.trim() === '') return;
    const field = fieldOf(index);
    const flag = reading.needed(typed, field, 'the flag');
    if (found.has(flag)) reading.wrong(field, `${flag} is there twice; list its variants in one line`);
    const several = operator === 'isOneOf';
    const served = several ? reading.lines(variants, wanted)?.map(String) : readOneOrMore(variants, wanted);
    if (served === undefined) reading.wrong(field, `which variant of ${flag} is missing`);
    else if (!several && Array.isArray(served)) reading.wrong(field, 'use “one of” for several variants');
    found.set(flag, served);
  });
  return Object.fromEntries(found);
}

/** Conditions that all have to hold as one map; as a list, where two of them are about the same in a way that no map holds. */
function inOneMap(conditions: readonly Condition[]): Condition {
  const map = new Map<string, unknown>();
  for (const [key, value] of conditions.flatMap((condition) => Object.entries(condition))) {
    const merged = map.has(key) ? mergedTest(key, map.get(key), value) : value;
    if (merged === undefined) return { all: conditions };
    map.set(key, merged);
  }
  return Object.fromEntries(map);
}

/** Two tests of one attribute, or of other flags, as one. */
function mergedTest(key: string, one: unknown, other: unknown): unknown {
  if ((WORDS.includes(key) && key !== 'flag') || !isPlain(one) || !isPlain(other)) return undefined;
  const apart = Object.keys(other).every((name) => !Object.hasOwn(one, name));
  return apart ? Object.fromEntries([...Object.entries(one), ...Object.entries(other)]) : undefined;
}
