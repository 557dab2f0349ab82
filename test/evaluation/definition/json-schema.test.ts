import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { flagsFileSchema } from '../../../src/evaluation/definition/json-schema.js';
import { complaintAbout } from '../a-reader.js';
import { aValidator } from './a-validator.js';
import { AROUND, MISSHAPEN, SAMPLES } from './samples.js';

const schema: unknown = JSON.parse(JSON.stringify(flagsFileSchema()));
const validates = aValidator(schema as object);

/** The YAML examples of a page of documentation that are whole files. */
function examplesIn(page: string): readonly string[] {
  const text = readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  return blocks.filter((block) => /^(flags|features|segments):/m.test(block) && !block.includes('…'));
}

describe('the JSON Schema of a flags file', () => {
  it('is one: of the current draft, with a title, and every reference leads somewhere', () => {
    expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' });
    expect(schema).toHaveProperty('title', expect.stringContaining('express-gatekeeper'));
    const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/(.+?)"/g)].map(([, name]) => name);
    expect(references).toContain('condition');
    for (const name of references) expect(schema).toHaveProperty(['$defs', name ?? '']);
  });

  it.each(Object.entries(SAMPLES))('takes, as the library does, %s', (_what, definition) => {
    const definitions = { ...AROUND.flags, FLAG: definition };
    expect(complaintAbout({ definitions, segments: AROUND.segments })).toBe('no complaint');
    expect(validates({ flags: definitions, segments: AROUND.segments })).toBe(true);
    expect(validates({ features: { FLAG: definition } })).toBe(true);
  });

  it.each(MISSHAPEN.map((definition) => [definition]))('refuses, as the library does, %j', (definition) => {
    const definitions = { ...AROUND.flags, FLAG: definition };
    expect(complaintAbout({ definitions, segments: AROUND.segments })).not.toBe('no complaint');
    expect(validates({ flags: definitions })).toBe(false);
  });

  it.each([
    [{}, true],
    [{ flags: {} }, true],
    [{ $schema: './flags.schema.json', flags: { a: true } }, true],
    [{ flag: {} }, false],
    [{ flags: [] }, false],
    [[], false],
    [{ segments: { beta: [1] } }, true],
    [{ segments: { beta: 20 } }, false],
    [{ segments: { beta: { user: [1] } } }, false],
    [{ segments: { beta: { when: { age: { gtt: 1 } } } } }, false],
  ])('says of the file %j: %s', (file, valid) => {
    expect(validates(file)).toBe(valid);
  });

  it.each(['README.md', 'docs/definitions.md'].flatMap((page) => examplesIn(page).map((text) => [page, text])))(
    'takes, as the library does, what %s shows',
    (_page, text) => {
      const file = parse(text);
      expect(validates(file)).toBe(true);
      const definitions = file.flags ?? file.features ?? {};
      expect(complaintAbout({ definitions, segments: file.segments ?? {} })).toBe('no complaint');
    },
  );

  it('describes to an editor what people look for', () => {
    const text = JSON.stringify(schema);
    for (const word of ['wildcard', 'ISO 8601', 'percentage', 'user id']) expect(text).toContain(word);
  });
});
