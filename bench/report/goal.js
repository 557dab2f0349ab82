import { figure } from './figures.js';

/**
 * A goal, and which of ours miss it.
 *
 * @param {number | undefined} most
 * @param {string} unit
 * @param {ReadonlyMap<string, number | undefined>} ours by name; `undefined` for what was not measured
 */
export function verdict(most, unit, ours) {
  if (most === undefined) return '';
  const goal = `≤ ${figure(most).replace(/\.0$/, '')} ${unit}`;
  const measured = [...ours].filter(([, value]) => value !== undefined);
  const missing = measured.filter(([, value]) => Math.round(value ?? 0) > most).map(([name]) => name);
  if (measured.length === 0) return goal;
  if (missing.length === 0) return `${goal} ✓`;
  return missing.length === measured.length ? `${goal} ✗` : `${goal} ✗ ${missing.join(', ')}`;
}
