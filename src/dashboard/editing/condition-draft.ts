import type { ConditionDefinition, FlagVariants, Test } from '../../evaluation/definition/condition-schema.js';
import { isPlain } from '../../evaluation/json-value.js';
import { blank, type GroupDraft, type PartDraft, type WantedDraft } from './draft.js';
import { typedOperand } from './operators.js';
import { texts, typedLines, wanted } from './typed-text.js';

/** Groups in groups: more than these nobody takes in at a glance. */
export const DEEPEST = 3;

const GROUPS: ReadonlySet<string> = new Set(['all', 'any', 'not']);

/** A rule's condition as a group of parts. */
export function groupOf(condition: ConditionDefinition, depth = 1): GroupDraft {
  const [only, ...more] = entriesOf(condition);
  const isGroup = only !== undefined && more.length === 0 && GROUPS.has(only[0]) && !isEmpty(only[1]);
  if (isGroup) return groupBy(only[0], only[1], depth);
  return blank.group('all', 'map', partsOf(condition, depth));
}

function groupBy(key: string, inside: unknown, depth: number): GroupDraft {
  if (key === 'not') return blank.group('not', 'map', partsOf(inside as ConditionDefinition, depth));
  const conditions = inside as readonly ConditionDefinition[];
  return blank.group(
    key,
    'list',
    conditions.map((condition) => partOf(condition, depth)),
  );
}

/** One condition of a list as one part. */
function partOf(condition: ConditionDefinition, depth: number): PartDraft {
  const [only, ...more] = partsOf(condition, depth);
  if (only !== undefined && more.length === 0) return only;
  // An empty group would match everybody, which nobody means who has just added it.
  if (depth >= DEEPEST || isEmpty(condition)) return kept(condition);
  return blank.part(blank.group('all', 'map', partsOf(condition, depth + 1)));
}

/** The parts that stand side by side in one map. */
function partsOf(condition: ConditionDefinition, depth: number): PartDraft[] {
  return entriesOf(condition).flatMap(([key, value]) => partsBy(key, value, depth) ?? [kept({ [key]: value })]);
}

function partsBy(key: string, value: unknown, depth: number): PartDraft[] | undefined {
  if (GROUPS.has(key))
    return depth < DEEPEST && !isEmpty(value) ? [blank.part(groupBy(key, value, depth + 1))] : undefined;
  if (key === 'segment') return [blank.part({ kind: 'segment', ...several(value as string | string[], texts.typed) })];
  if (key === 'flag') return flagParts(value as FlagVariants);
  return attributeParts(key, value as Test);
}

function flagParts(flags: FlagVariants): PartDraft[] | undefined {
  const entries = wantedDrafts(flags);
  if (entries.length === 0) return undefined;
  return entries.map(({ flag, operator, variants }) =>
    blank.part({ kind: 'flag', subject: flag, operator, value: variants }),
  );
}

/** What other flags have to serve, each on a line of its own. */
export function wantedDrafts(flags: FlagVariants): WantedDraft[] {
  return Object.entries(flags).map(([flag, variants]) => {
    const { operator, value } = several(variants as string | boolean | readonly string[], wanted.typed);
    return { flag: texts.typed(flag), operator, variants: value };
  });
}

function several<Value>(
  value: Value | readonly Value[],
  typed: (value: Value) => string,
): Pick<PartDraft, 'operator' | 'value'> {
  if (!Array.isArray(value)) return { operator: 'is', value: typed(value as Value) };
  return { operator: 'isOneOf', value: typedLines(value as readonly Value[], { typed, read: () => value[0] }) };
}

function attributeParts(attribute: string, test: Test): PartDraft[] | undefined {
  const tests = isPlain(test) ? operatorsIn(test) : [typedOperand('', test)];
  if (tests.length === 0 || tests.includes(undefined)) return undefined;
  return tests.flatMap((found) =>
    found === undefined ? [] : [blank.part({ subject: texts.typed(attribute), operator: found[0], value: found[1] })],
  );
}

function operatorsIn(test: Readonly<Record<string, unknown>>): (ReturnType<typeof typedOperand> | undefined)[] {
  return Object.entries(test).map(([key, operand]) => {
    if (key !== 'not') return typedOperand(key, operand);
    if (!isPlain(operand)) return typedOperand('', operand, true);
    const [only, ...more] = Object.entries(operand);
    return only === undefined || more.length > 0 || only[0] === 'not'
      ? undefined
      : typedOperand(only[0], only[1], true);
  });
}

function kept(condition: ConditionDefinition): PartDraft {
  return blank.part({ kind: 'kept', kept: JSON.stringify(condition) });
}

function entriesOf(condition: ConditionDefinition): [string, unknown][] {
  return Object.entries(condition).filter(([, value]) => value !== undefined);
}

function isEmpty(inside: unknown): boolean {
  return Object.keys(inside ?? {}).length === 0;
}
