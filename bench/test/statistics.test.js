import assert from 'node:assert/strict';
import { test } from 'node:test';
import { medianRatio, quantile, spreadOf } from '../measure/statistics.js';

test('quantiles lie between neighbours, whatever the order', () => {
  assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
  assert.equal(quantile([10], 0.9), 10);
  assert.deepEqual(spreadOf([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]), { median: 50, low: 10, high: 90 });
});

test('ratios are taken within each round, so that a slow round changes nothing', () => {
  assert.equal(medianRatio([20, 40, 2000], [10, 20, 1000]), 2);
});
