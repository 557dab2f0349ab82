import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delays, lateAnswers } from '../../stores/measure/sightings.js';

const written = [
  { number: 1, at: 10 },
  { number: 2, at: 20 },
  { number: 3, at: 30 },
];

test('a write is seen when its number is, or a later one', () => {
  const seen = [
    { number: 1, at: 14 },
    { number: 3, at: 31 },
  ];
  assert.deepEqual(delays(written, seen), [4, 11, 1]);
});

test('a write that is seen before its writer knows that it is done has a delay below zero', () => {
  assert.deepEqual(delays([{ number: 1, at: 10 }], [{ number: 1, at: 9 }]), [-1]);
});

test('a write that was never seen is an error rather than left out', () => {
  assert.throws(() => delays(written, [{ number: 2, at: 25 }]), /The write of 3 was never seen/);
});

test('an answer is late when its request was sent after a write was acknowledged that it does not know of', () => {
  const answers = [
    { number: 0, at: 9, stale: false },
    { number: 1, at: 10, stale: false },
    { number: 0, at: 10, stale: false },
    { number: 1, at: 29, stale: false },
    { number: 3, at: 29, stale: false },
    { number: 2, at: 99, stale: false },
  ];
  assert.deepEqual(
    lateAnswers(written, answers).map((answer) => answers.indexOf(answer)),
    [2, 3, 5],
  );
});

test('an answer that says it may be behind is not late, and is counted apart', () => {
  assert.deepEqual(lateAnswers(written, [{ number: 1, at: 99, stale: true }]), []);
});
