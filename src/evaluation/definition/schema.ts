import { z } from 'zod';
import { isInstant, isTimeZone } from '../instants.js';
import { isRounded, userKey } from '../user-id.js';
import { LIMITS } from './limits.js';

/*
 * The language of definitions, in one place: YAML, JSON, code, stores and pages are all checked by this schema, and the
 * published JSON Schema is made from it.
 */

const text = z.string().max(LIMITS.text);
const variantName = z.string().min(1).max(100);

const userId = z
  .union([z.string(), z.number()], { error: 'a user id is a number or a string' })
  .refine((id) => userKey(id) !== undefined, { error: 'a user id is not empty' })
  .refine((id) => !isRounded(id), { error: 'so large a user id has lost digits; put it in quotes' })
  .meta({ description: 'A user id; 1 and "1" are the same user' });
const userIds = z.array(userId).max(LIMITS.values);

const instant = z
  .string({ error: 'an instant is text such as 2026-12-01 or 2026-12-01T09:00:00+01:00; quote it' })
  .refine(isInstant, { error: 'an instant is written 2026-12-01, 2026-12-01T09:00 or 2026-12-01T09:00:00+01:00' })
  .meta({ description: 'A date, or a date and time with or without offset (ISO 8601)' });
const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'a time zone is a name such as Europe/Stockholm or UTC' })
  .meta({ description: 'Where dates without an offset are meant; UTC by default' });

const percent = z
  .number({ error: 'a percentage is a number from 0 to 100' })
  .min(0, { error: 'a percentage is at least 0' })
  .max(100, { error: 'a percentage is at most 100' });

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'a value is text, a number, true or false' });
const scalars = z.array(scalar).max(LIMITS.values);
const textOrTexts = z.union([z.string(), z.array(z.string()).max(LIMITS.values)], {
  error: 'use text or a list of texts',
});

/** One value to compare with. */
export type Scalar = string | number | boolean;

/** Tests of one attribute by operators; all that are given have to pass. */
export interface Operators {
  readonly equals?: Scalar | undefined;
  readonly oneOf?: readonly Scalar[] | undefined;
  readonly not?: Test | undefined;
  readonly gt?: number | undefined;
  readonly gte?: number | undefined;
  readonly lt?: number | undefined;
  readonly lte?: number | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly startsWith?: string | readonly string[] | undefined;
  readonly endsWith?: string | readonly string[] | undefined;
  readonly contains?: string | readonly string[] | undefined;
  readonly semver?: string | undefined;
  readonly exists?: boolean | undefined;
}

/** How one attribute is tested. */
export type Test = Scalar | readonly Scalar[] | Operators;

const test: z.ZodType<Test> = z
  .lazy(() =>
    z.union([scalar, scalars, operators], { error: 'use a value, a list of values, or operators such as { gte: 18 }' }),
  )
  .meta({ id: 'test', description: 'A value to equal (* is a wildcard), a list (one of), or operators' });

const operators = z.strictObject({
  equals: scalar.optional().meta({ description: 'Equals, with * as itself' }),
  oneOf: scalars.optional(),
  not: test.optional(),
  gt: z.number().optional(),
  gte: z.number().optional(),
  lt: z.number().optional(),
  lte: z.number().optional(),
  before: instant.optional(),
  after: instant.optional(),
  startsWith: textOrTexts.optional(),
  endsWith: textOrTexts.optional(),
  contains: textOrTexts.optional(),
  semver: z.string().max(200).optional().meta({ description: 'A range of versions, e.g. >=2.1.0' }),
  exists: z.boolean().optional(),
});

/** Flag → a variant or several; `true` and `false` name the variants of a boolean flag. */
export type FlagVariants = Readonly<Record<string, string | boolean | readonly string[]>>;

/** A test of the evaluation context: all of its parts have to hold. Whatever is no keyword here is an attribute. */
export interface ConditionDefinition {
  readonly all?: readonly ConditionDefinition[] | undefined;
  readonly any?: readonly ConditionDefinition[] | undefined;
  readonly not?: ConditionDefinition | undefined;
  readonly segment?: string | readonly string[] | undefined;
  readonly flag?: FlagVariants | undefined;
  readonly [attribute: string]: unknown;
}

const flagVariants = z.record(z.string(), z.union([variantName, z.boolean(), z.array(variantName).min(1)]));

const condition: z.ZodType<ConditionDefinition> = z
  .lazy(() =>
    z
      .object({
        all: z.array(condition).min(1).max(LIMITS.rules).optional(),
        any: z.array(condition).min(1).max(LIMITS.rules).optional(),
        not: condition.optional(),
        segment: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
        flag: flagVariants.optional(),
      })
      .catchall(test),
  )
  .meta({ id: 'condition', description: 'Attribute → test; all have to hold' }) as z.ZodType<ConditionDefinition>;

const ramp = z
  .strictObject({
    variant: variantName.optional(),
    start: instant.optional(),
    days: z
      .array(z.tuple([z.number().min(0), percent]))
      .min(1)
      .max(LIMITS.rampSteps)
      .optional(),
    at: z
      .array(z.tuple([instant, percent]))
      .min(1)
      .max(LIMITS.rampSteps)
      .optional(),
    timeZone: timeZone.optional(),
  })
  .refine((given) => (given.days === undefined) !== (given.at === undefined), {
    error: 'a ramp has either days: [[day, percent], …] with a start, or at: [[instant, percent], …]',
  })
  .refine((given) => (given.days === undefined) === (given.start === undefined), {
    error: 'a ramp by days needs a start, and only that',
  });

const timeWindow = z
  .strictObject({
    from: instant.optional(),
    until: instant.optional(),
    timeZone: timeZone.optional(),
    variant: variantName.optional(),
  })
  .refine((given) => given.from !== undefined || given.until !== undefined, {
    error: 'a time window has from, until or both',
  });

const split = z
  .record(variantName, z.number().min(0, { error: 'a weight is at least 0' }))
  .refine((weights) => Object.values(weights).some((weight) => weight > 0), { error: 'one weight has to be above 0' });

const serve = z
  .union(
    [
      variantName,
      z.strictObject({ percentage: percent, variant: variantName.optional() }),
      z.strictObject({ split }),
      z.strictObject({ ramp }),
      timeWindow,
    ],
    { error: 'serve a variant, { percentage }, { split }, { ramp } or { from, until, variant }' },
  )
  .meta({ id: 'serve', description: 'What is served: a variant, a percentage, a split, a ramp or a time window' });

const rule = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  when: condition,
  serve: serve.optional(),
});

/** A flag in full. */
export const flagDefinition = z
  .strictObject({
    description: text.optional(),
    kind: z.enum(['release', 'experiment', 'ops', 'permission']).optional(),
    owner: z.string().max(200).optional(),
    expires: instant.optional(),
    tags: z.array(z.string().max(100)).max(100).optional(),
    variants: z
      .union([z.array(variantName).max(LIMITS.variants), z.record(variantName, z.json())], {
        error: 'variants are a list of names, or a map of name → value',
      })
      .optional(),
    off: variantName.optional(),
    enabled: z.boolean().optional(),
    killed: z.boolean().optional(),
    clientSide: z.boolean().optional(),
    overridable: z.boolean().optional(),
    overrides: z.record(variantName, userIds).optional(),
    prerequisites: flagVariants.optional(),
    rules: z.array(rule).max(LIMITS.rules).optional(),
    serve: serve.nullable().optional(),
    bucketBy: z.string().min(1).max(200).optional(),
    salt: z.string().max(200).optional(),
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
export type RuleDefinition = z.infer<typeof rule>;
export type ServeDefinition = z.infer<typeof serve>;
export type RampDefinition = z.infer<typeof ramp>;
export type TimeWindowDefinition = z.infer<typeof timeWindow>;
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
