import type { CompiledFlag } from './compiled-flag.js';
import type { Outcome } from './details.js';
import type { Trace } from './explanation.js';
import type { Subject } from './subject.js';

/**
 * The order of evaluation, all of it, for a flag that is known. Synchronous; never throws, never allocates (unless traced).
 */
export function evaluate(flag: CompiledFlag, subject: Subject, trace?: Trace): Outcome {
  if (flag.killed) {
    trace?.decided('kill', `The flag is killed: everyone gets ${flag.variants.off}, overrides included.`);
    return flag.variants.disabled;
  }
  trace?.passed('kill', 'The flag is not killed.');

  return (
    browserOverride(flag, subject, trace) ??
    userOverride(flag, subject, trace) ??
    disabled(flag, trace) ??
    ruleDecision(flag, subject, trace) ??
    flag.allocation.decide(subject, trace && ((text) => trace.decided('allocation', text)))
  );
}

function browserOverride(flag: CompiledFlag, subject: Subject, trace?: Trace): Outcome | undefined {
  if (!flag.overridable) {
    trace?.passed('browserOverride', 'This flag does not take browser overrides.');
    return undefined;
  }
  const variant = subject.browserOverride(flag.name);
  const outcome = variant === undefined ? undefined : flag.variants.outcomes('OVERRIDE').get(variant);
  if (outcome === undefined) trace?.passed('browserOverride', 'This browser has no override.');
  else trace?.decided('browserOverride', `This browser is set to ${outcome.variant}.`);
  return outcome;
}

function userOverride(flag: CompiledFlag, subject: Subject, trace?: Trace): Outcome | undefined {
  if (flag.userOverrides === undefined) {
    trace?.passed('userOverride', 'No user has an override.');
    return undefined;
  }
  const user = subject.userKey;
  const outcome = user === undefined ? undefined : flag.userOverrides.get(user);
  if (outcome === undefined) trace?.passed('userOverride', 'This user has no override.');
  else trace?.decided('userOverride', `User ${user} is set to ${outcome.variant}.`);
  return outcome;
}

function disabled(flag: CompiledFlag, trace?: Trace): Outcome | undefined {
  if (flag.enabled) {
    trace?.passed('enabled', 'The flag is on.');
    return undefined;
  }
  trace?.decided('enabled', `The flag is off: everyone without an override gets ${flag.variants.off}.`);
  return flag.variants.disabled;
}

function ruleDecision(flag: CompiledFlag, subject: Subject, trace?: Trace): Outcome | undefined {
  for (const rule of flag.rules) {
    if (rule.condition.matches(subject)) {
      return rule.allocation.decide(
        subject,
        trace && ((text) => trace.decided('rules', `Rule ${rule.name}: ${rule.condition.text}. ${text}`)),
      );
    }
    trace?.passed('rules', `Rule ${rule.name} does not match: it asks that ${rule.condition.text}.`);
  }
  return undefined;
}
