import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { frozenCopy, isPlain } from '../../src/evaluation/json-value.js';
import { aReader } from './a-reader.js';

describe('a map', () => {
  it.each([
    ['written out', {}],
    ['without a prototype', Object.create(null)],
    ['of another realm', runInNewContext('({ a: 1 })')],
  ])('may be one %s', (_what, value) => {
    expect(isPlain(value)).toBe(true);
  });

  it.each([
    ['a list', []],
    ['nothing', null],
    ['text', 'text'],
    ['a date', new Date(0)],
    ['a set', new Set()],
    ['a set of another realm', runInNewContext('new Set()')],
    ['an instance of a class', new (class Own {})()],
  ])('is not %s', (_what, value) => {
    expect(isPlain(value)).toBe(false);
  });
});

it('freezes a copy all through, whichever realm its maps come from', () => {
  const given = runInNewContext('({ inner: { list: [1] } })');
  const copy = frozenCopy(given);
  expect(copy).toEqual({ inner: { list: [1] } });
  given.inner.list.push(2);
  expect(copy).toEqual({ inner: { list: [1] } });
  expect(() => Object.assign((copy as typeof given).inner, { more: true })).toThrow(TypeError);
});

it('takes definitions and options of another realm', () => {
  const definitions = runInNewContext('({ FLAG: { serve: "on", variants: { on: { a: 1 }, off: {} } } })');
  expect(aReader({ definitions }).value('FLAG', {})).toEqual({ a: 1 });
});
