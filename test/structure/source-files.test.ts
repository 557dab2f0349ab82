import { expect, it } from 'vitest';
import { importsOf, readSource } from './source-files.js';

it.each([
  ["import { a } from './b.js'", 'room/b.ts', true, false],
  ["import '../other/b.js'", 'other/b.ts', true, false],
  ["import type { A } from './b.js'", 'room/b.ts', true, true],
  ["import { type A } from './b.js'", 'room/b.ts', true, false],
  ["export * from './b.js'", 'room/b.ts', true, false],
  ["export type { A } from '../errors.js'", 'errors.ts', true, true],
  ["const a = await import('express')", 'express', false, false],
  ["type A = import('express').Request", 'express', false, true],
])('reads %s', (text, target, internal, typeOnly) => {
  expect(importsOf('room/a.ts', text)).toEqual([{ target, internal, typeOnly }]);
});

it('reads src/', () => {
  const entrance = readSource().find(({ path }) => path === 'index.ts');
  expect(entrance?.imports.map(({ target }) => target)).toContain('evaluation/flag-config.ts');
});
