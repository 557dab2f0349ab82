import { z } from 'zod';
import { FLAG_KINDS } from '../flag-kind.js';
import { condition, flagVariants } from './condition-schema.js';
import { LIMITS } from './limits.js';
import { serve } from './serve-schema.js';
import { instant, label, percent, text, trueOrFalse, userIds, variantName } from './words.js';

/*
 * The language of definitions: YAML, JSON, code, stores and pages are all checked by this schema, and the published JSON
 * Schema is made from it.
 */

export const rule = z.strictObject({
  name: label.optional(),
  when: condition,
  serve: serve.optional(),
});

/** A flag in full. */
export const flagDefinition = z
  .strictObject({
    description: text.optional(),
    kind: z.enum(FLAG_KINDS).optional(),
    owner: label.optional(),
    expires: instant.optional(),
    tags: z.array(label).max(100).optional(),
    variants: z
      .union(
        [
          z.array(variantName).max(LIMITS.variants),
          z.record(variantName, z.json()).refine((map) => Object.keys(map).length <= LIMITS.variants, {
            error: `at most ${LIMITS.variants} variants are taken`,
          }),
        ],
        {
          error: 'variants are a list of names, or a map of name → value',
        },
      )
      .optional(),
    off: variantName.optional(),
    enabled: trueOrFalse.optional(),
    killed: trueOrFalse.optional(),
    clientSide: trueOrFalse.optional(),
    overridable: trueOrFalse.optional(),
    overrides: z.record(variantName, userIds).optional(),
    prerequisites: flagVariants.optional(),
    rules: z.array(rule).max(LIMITS.rules).optional(),
    serve: serve.nullable().optional(),
    bucketBy: label.optional(),
    salt: z.string({ error: 'use text' }).max(LIMITS.label).optional(),
  })
  .meta({ id: 'flag' });

/** The maps that other tools use, read as they stand; `shorthand.ts` says what they mean. */
export const foreignFields = {
  percentage: percent.optional(),
  rollout_percentage: percent.optional(),
  users: userIds.optional(),
  target_users: userIds.optional(),
  allowed_users: userIds.optional(),
  target: z.array(condition).max(LIMITS.rules).optional(),
};

/** What may stand for a flag. */
const flagInput = z.union([
  z.boolean().meta({ description: 'On or off for everyone' }),
  percent.meta({ description: 'On for this percentage' }),
  userIds.meta({ description: 'On for these users' }),
  flagDefinition.extend(foreignFields),
]);

/** A named, reusable condition, with users who belong to it by id. */
export const segmentDefinition = z
  .strictObject({ description: text.optional(), users: userIds.optional(), when: condition.optional() })
  .meta({ id: 'segment' });

/** A whole file. */
export const flagsFile = z.strictObject({
  $schema: z.string().optional(),
  flags: z.record(z.string(), flagInput).optional(),
  features: z.record(z.string(), flagInput).optional(),
  segments: z.record(z.string(), z.union([userIds, segmentDefinition])).optional(),
});

/** A flag as data, or what is changed about a flag that is a class. */
export type FlagDefinition = z.infer<typeof flagDefinition>;
/** One rule: whom it is about, and what they are served; without `serve` the on variant. */
export type RuleDefinition = z.infer<typeof rule>;
/** A segment in full: its listed users, and a condition that takes in others. */
export type SegmentDefinition = z.infer<typeof segmentDefinition>;

/** What may stand for a definition: on or off, a percentage, a list of users, or a map. */
export type FlagInput = boolean | number | readonly (string | number)[] | Readonly<Record<string, unknown>>;

/** What may stand for a segment: a list of users, or a map. */
export type SegmentInput = readonly (string | number)[] | Readonly<Record<string, unknown>>;

/** Named flags and segments as they come from code, a file or a program. */
export interface Definitions {
  readonly flags: Readonly<Record<string, FlagInput>>;
  readonly segments?: Readonly<Record<string, SegmentInput>>;
}
