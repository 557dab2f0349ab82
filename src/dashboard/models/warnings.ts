import { parseFlag } from '../../evaluation/definition/parse.js';
import type { FlagDefinition, FlagInput } from '../../evaluation/definition/schema.js';
import { Place } from '../../evaluation/place.js';
import { ruleWarnings } from './rule-warnings.js';
import { drawWarnings, isDrawn } from './serve-warnings.js';

/** What is worth knowing about a change before it is saved. */
export interface Warning {
  /** `danger`: people lose what they have, or are dealt anew. `note`: it works otherwise than before. `calm`: nothing to fear. */
  readonly tone: 'danger' | 'note' | 'calm';
  readonly text: string;
}

/** @param before what is stored now; `null` for a flag of which nothing is */
export function warningsOf(name: string, before: FlagInput | null, after: FlagInput): Warning[] {
  const [was, is] = [read(name, before), read(name, after)];
  if (was === undefined || is === undefined) return [];
  const warnings = [
    ...switchWarnings(was, is),
    ...bucketWarnings(name, was, is),
    ...variantWarnings(was, is),
    ...ruleWarnings(was.rules ?? [], is.rules ?? []),
    ...drawWarnings(was.serve, is.serve, ''),
    ...reachWarnings(was, is),
  ];
  const order = ['danger', 'note', 'calm'];
  return warnings.sort((one, other) => order.indexOf(one.tone) - order.indexOf(other.tone));
}

function read(name: string, input: FlagInput | null): FlagDefinition | undefined {
  if (input === null) return undefined;
  try {
    return parseFlag(input, new Place('Flag', name)).definition;
  } catch {
    // What is stored cannot be used: there is nothing to compare with.
    return undefined;
  }
}

function switchWarnings(was: FlagDefinition, is: FlagDefinition): Warning[] {
  const warnings: Warning[] = [];
  const [wasOn, isOn] = [was.enabled !== false, is.enabled !== false];
  if (wasOn && !isOn) {
    warnings.push({
      tone: 'danger',
      text: 'This switches the flag off: everyone without an override gets the off variant.',
    });
  }
  if (!wasOn && isOn)
    warnings.push({ tone: 'note', text: 'This switches the flag on: from now on its rules are asked.' });
  if (is.killed === true) {
    warnings.push({
      tone: 'note',
      text: 'The flag is killed and stays so: what is saved here takes effect when it is revived.',
    });
  }
  return warnings;
}

function bucketWarnings(name: string, was: FlagDefinition, is: FlagDefinition): Warning[] {
  // Where nobody was drawn before, nobody can be drawn anew.
  if (!drawsAnywhere(was) || !drawsAnywhere(is)) return [];
  const anew = 'Everyone is dealt anew: who is in and who is out is drawn again, as if nobody had been drawn before.';
  const warnings: Warning[] = [];
  if ((was.salt ?? name) !== (is.salt ?? name)) warnings.push({ tone: 'danger', text: `The salt is another. ${anew}` });
  if (was.bucketBy !== is.bucketBy) {
    const [from, to] = [was.bucketBy ?? 'the user or anonymous id', is.bucketBy ?? 'the user or anonymous id'];
    warnings.push({ tone: 'danger', text: `Buckets go by ${to} instead of ${from}. ${anew}` });
  }
  return warnings;
}

function drawsAnywhere({ serve, rules = [] }: FlagDefinition): boolean {
  return isDrawn(serve) || rules.some((rule) => isDrawn(rule.serve));
}

function variantWarnings(was: FlagDefinition, is: FlagDefinition): Warning[] {
  const names = namesOf(is);
  const warnings = namesOf(was)
    .filter((variant) => !names.includes(variant))
    .map(
      (variant): Warning => ({
        tone: 'danger',
        text: `The variant “${variant}” goes: whoever has it gets another, and code that asks for it finds it no more.`,
      }),
    );
  if (was.off !== is.off && is.off !== undefined) {
    warnings.push({ tone: 'note', text: `The off variant is “${is.off}” now: everyone who is off gets that.` });
  }
  return warnings;
}

function namesOf({ variants }: FlagDefinition): readonly string[] {
  if (variants === undefined) return [];
  return Array.isArray(variants) ? variants : Object.keys(variants);
}

/** Who can see it, or look at it otherwise. */
function reachWarnings(was: FlagDefinition, is: FlagDefinition): Warning[] {
  const warnings: Warning[] = [];
  if (is.clientSide === true && was.clientSide !== true) {
    warnings.push({
      tone: 'note',
      text: 'It is sent to browsers from now on: everyone can read its name and variant there.',
    });
  }
  const takes = ({ overridable, kind }: FlagDefinition): boolean => overridable ?? kind !== 'permission';
  if (takes(was) && !takes(is)) warnings.push({ tone: 'note', text: 'Browser overrides of it count no more.' });
  return warnings;
}
