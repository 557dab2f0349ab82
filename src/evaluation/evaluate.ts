import { messageOf } from '../errors.js';
import type { Note } from './allocations/allocation.js';
import type { CompiledFlag } from './compiled-flag.js';
import type { Outcome } from './details.js';
import type { Evidence, StepName, Trace } from './explanation.js';
import { sentence } from './sentence.js';
import type { Subject } from './subject.js';

/**
 * Decides a flag that is known. Synchronous; never throws, whatever the app's code does; allocates nothing unless traced.
 */
export function evaluate(flag: CompiledFlag, subject: Subject, trace?: Trace): Outcome {
  try {
    return decided(flag, subject, trace);
  } catch (error) {
    const problem = `what was asked about the user threw: ${messageOf(error)}`;
    subject.source.failed(flag.name, problem);
    trace?.decided(
      'allocation',
      `It cannot be decided: ${sentence(problem)} The off variant ${flag.variants.off} is served.`,
    );
    return flag.variants.failed;
  }
}

/** The order of evaluation, all of it. */
function decided(flag: CompiledFlag, subject: Subject, trace?: Trace): Outcome {
  return (
    killed(flag, trace) ??
    browserOverride(flag, subject, trace) ??
    userOverride(flag, subject, trace) ??
    disabled(flag, trace) ??
    prerequisiteFailed(flag, subject, trace) ??
    ruleDecision(flag, subject, trace) ??
    flag.allocation.decide(subject, trace && noteOf(trace, 'allocation'))
  );
}

function killed(flag: CompiledFlag, trace?: Trace): Outcome | undefined {
  if (!flag.killed) {
    trace?.passed('kill', 'The flag is not killed.');
    return undefined;
  }
  trace?.decided('kill', `The flag is killed: everyone gets ${flag.variants.off}, overrides included.`);
  return flag.variants.disabled;
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

function prerequisiteFailed(flag: CompiledFlag, subject: Subject, trace?: Trace): Outcome | undefined {
  const { prerequisites } = flag;
  if (prerequisites === undefined) {
    trace?.passed('prerequisites', 'It depends on no other flag.');
    return undefined;
  }
  if (prerequisites.matches(subject) === true) {
    trace?.passed('prerequisites', `As it has to be, ${prerequisites.text}.`);
    return undefined;
  }
  if (trace !== undefined) {
    const failed = prerequisites.failure(subject);
    trace.decided('prerequisites', `A prerequisite fails: ${failed}. ${flag.variants.off} is served.`, { failed });
  }
  return flag.variants.outcome(flag.variants.off, 'PREREQUISITE_FAILED');
}

function ruleDecision(flag: CompiledFlag, subject: Subject, trace?: Trace): Outcome | undefined {
  for (const rule of flag.rules) {
    if (rule.condition.matches(subject) === true) {
      const note = trace && noteOf(trace, 'rules', `Rule ${rule.name} matches. `, { rule: rule.name });
      return rule.allocation.decide(subject, note);
    }
    if (trace !== undefined) {
      const failed = rule.condition.failure(subject);
      trace.passed('rules', `Rule ${rule.name} does not match: ${failed}.`, { rule: rule.name, failed });
    }
  }
  return undefined;
}

function noteOf(trace: Trace, step: StepName, before = '', about?: Evidence): Note {
  return (text, evidence) => trace.decided(step, `${before}${text}`, { ...about, ...evidence });
}
