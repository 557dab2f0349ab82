import { expect, it } from 'vitest';
import { flagsFileSchema } from '../../../src/evaluation/definition/json-schema.js';
import { typed } from '../a-terminal.js';

it('gatekeeper schema prints the JSON Schema of flags.yaml, for people and editors', async () => {
  const { code, out, err } = await typed('schema');
  expect([code, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(flagsFileSchema())));
  expect(out.split('\n').length).toBeGreaterThan(100);
});
