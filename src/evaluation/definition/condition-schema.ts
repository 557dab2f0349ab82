import { z } from 'zod';
import { LIMITS } from './limits.js';
import { instant, trueOrFalse, variantName } from './words.js';

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'a value is text, a number, true or false' });
const scalars = z.array(scalar).max(LIMITS.values);
const textOrTexts = z.union([z.string(), z.array(z.string()).max(LIMITS.values)], {
  error: 'use text or a list of texts',
});

const bound = z.number({ error: 'compare with a number' });

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
    // Flat: of a union inside, each failure would be written out for nobody.
    z.union([z.string(), z.number(), z.boolean(), scalars, operators], {
      error: 'use a value, a list of values, or operators such as { gte: 18 }',
    }),
  )
  .meta({ id: 'test', description: 'A value to equal (* is a wildcard), a list (one of), or operators' });

export const operators = z.strictObject({
  equals: scalar.optional().meta({ description: 'Equals, with * as itself' }),
  oneOf: scalars.optional().meta({ description: 'Equals one of these, with * as itself' }),
  not: test.optional(),
  gt: bound.optional(),
  gte: bound.optional(),
  lt: bound.optional(),
  lte: bound.optional(),
  before: instant.optional(),
  after: instant.optional(),
  startsWith: textOrTexts.optional(),
  endsWith: textOrTexts.optional(),
  contains: textOrTexts.optional(),
  semver: z.string().max(200).optional().meta({ description: 'A range of versions, e.g. >=2.1.0' }),
  exists: trueOrFalse.optional(),
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

export const flagVariants = z.record(z.string(), z.union([variantName, z.boolean(), z.array(variantName).min(1)]));

export const condition: z.ZodType<ConditionDefinition> = z
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
