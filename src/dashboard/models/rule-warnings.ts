import type { RuleDefinition } from '../../evaluation/definition/schema.js';
import { drawWarnings } from './serve-warnings.js';
import type { Warning } from './warnings.js';

/** What other rules, or rules in another order, mean. */
export function ruleWarnings(was: readonly RuleDefinition[], is: readonly RuleDefinition[]): Warning[] {
  const [before, after] = [keyed(was), keyed(is)];
  const warnings: Warning[] = [];
  for (const [key, { title }] of before) {
    if (!after.has(key))
      warnings.push({ tone: 'note', text: `${title} goes: those it decided for go on to what stands below it.` });
  }
  const stayed = [...before.keys()].filter((key) => after.has(key));
  const inOrder = [...after.keys()].filter((key) => before.has(key));
  if (stayed.some((key, index) => key !== inOrder[index])) {
    warnings.push({
      tone: 'danger',
      text: 'The rules stand in another order. The first that matches decides, so whoever matches several may get something else.',
    });
  }
  for (const key of stayed) {
    const title = after.get(key)?.title ?? '';
    warnings.push(...drawWarnings(before.get(key)?.rule.serve, after.get(key)?.rule.serve, ` of ${lowerFirst(title)}`));
  }
  return warnings;
}

interface Titled {
  readonly rule: RuleDefinition;
  readonly title: string;
}

/** A rule is the same when it has the same name, or without one asks the same. */
function keyed(rules: readonly RuleDefinition[]): ReadonlyMap<string, Titled> {
  const byKey = new Map<string, Titled>();
  for (const [index, rule] of rules.entries()) {
    const key = rule.name === undefined ? `when ${JSON.stringify(rule.when)}` : `name ${rule.name}`;
    const title = `Rule ${rule.name === undefined ? index + 1 : `“${rule.name}”`}`;
    byKey.set(byKey.has(key) ? `${key} ${index}` : key, { rule, title });
  }
  return byKey;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
