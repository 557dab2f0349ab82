import { expect, it } from 'vitest';
import { nothing, type Report, sum, summaryLine, tallyOf } from './tally.js';

function report(...files: readonly (readonly [status: string, ...tests: string[]])[]): Report {
  return {
    testResults: files.map(([status, ...tests]) => ({
      status,
      assertionResults: tests.map((test) => ({ status: test })),
    })),
  };
}

it('counts every test of every file', () => {
  const tally = tallyOf(report(['passed', 'passed', 'passed'], ['failed', 'failed', 'passed', 'skipped', 'pending']));
  expect(tally).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

it('counts a file that breaks before its first test as one failure', () => {
  expect(tallyOf(report(['failed'], ['passed', 'passed']))).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

it('counts a file whose clean-up breaks after its tests as one failure', () => {
  expect(tallyOf(report(['failed', 'passed', 'passed']))).toEqual({ passed: 2, failed: 1, skipped: 0 });
});

it('adds up several runs', () => {
  expect(sum([{ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 0, skipped: 0 }, nothing])).toEqual({
    passed: 11,
    failed: 2,
    skipped: 3,
  });
});

it('says what was skipped only when something was', () => {
  expect(summaryLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(summaryLine({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
});
