import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, figure, range } from '../report/figures.js';
import { verdict } from '../report/goal.js';
import { Table } from '../report/table.js';

test('figures have as many digits as such measurements are good for', () => {
  assert.deepEqual([5.04, 14.6, 1234.5].map(figure), ['5.0', '15', '1,235']);
  assert.equal(range({ median: 6, low: 5, high: 12 }), '5.0–12');
  assert.deepEqual([-0.2, 0.4, 47.6].map(bytes), ['0', '0', '48']);
});

test('a goal tells who misses it', () => {
  const of = (/** @type {number} */ user, /** @type {number} */ request) =>
    verdict(
      25,
      'ns',
      new Map([
        ['gk.for()', user],
        ['req.gk', request],
      ]),
    );
  assert.deepEqual([of(25.4, 20), of(25, 26), of(30, 31)], ['≤ 25 ns ✓', '≤ 25 ns ✗ req.gk', '≤ 25 ns ✗']);
  assert.equal(verdict(undefined, 'ns', new Map()), '');
});

test('the table is aligned, and Markdown', () => {
  const table = new Table(['', 'floor']);
  table.add(['unknown flag', '5.0']);
  assert.equal(
    table.toString(),
    ['|              | floor |', '| ------------ | ----: |', '| unknown flag |   5.0 |'].join('\n'),
  );
});
