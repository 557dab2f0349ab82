import { z } from 'zod';
import { LIMITS } from './limits.js';
import { instant, percent, timeZone, variantName } from './words.js';

const SERVE = 'serve a variant, { percentage }, { split }, { ramp } or { from, until, variant }';

export const ramp = z
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

const split = z
  .record(variantName, z.number({ error: 'a weight is a number' }).min(0, { error: 'a weight is at least 0' }), {
    error: 'use a map of variant → weight',
  })
  .refine((weights) => Object.values(weights).some((weight) => weight > 0), { error: 'one weight has to be above 0' });

/** The ways to serve, of which a map names one. One shape for all, so that a slip is told where it stands. */
export const served = z
  .strictObject(
    {
      percentage: percent.optional(),
      split: split.optional(),
      ramp: ramp.optional(),
      from: instant.optional(),
      until: instant.optional(),
      timeZone: timeZone.optional(),
      variant: variantName.optional(),
    },
    { error: SERVE },
  )
  .refine(
    ({ percentage, split: parts, ramp: steps, from, until }) => {
      const ways = [percentage, parts, steps, from ?? until];
      return ways.filter((way) => way !== undefined).length === 1;
    },
    { error: SERVE },
  )
  .refine((given) => given.variant === undefined || (given.split ?? given.ramp) === undefined, {
    error: 'variant stands beside a split or ramp, which name theirs inside',
  })
  .refine((given) => given.timeZone === undefined || (given.from ?? given.until) !== undefined, {
    error: 'timeZone stands without from or until; in a ramp it goes inside',
  })
  // The same for editors, which see no functions.
  .meta({
    oneOf: [
      { required: ['percentage'] },
      { required: ['split'] },
      { required: ['ramp'] },
      { anyOf: [{ required: ['from'] }, { required: ['until'] }] },
    ],
  });

export const serve = z
  .union([variantName, served], { error: SERVE })
  .meta({ id: 'serve', description: 'What is served: a variant, a percentage, a split, a ramp or a time window' });

/** What is served, as {@link serve} has checked it: a variant, or one of the ways. */
export type ServeDefinition = string | z.infer<typeof served>;
export type RampDefinition = z.infer<typeof ramp>;
