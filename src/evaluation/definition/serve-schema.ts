import { z } from 'zod';
import { LIMITS } from './limits.js';
import { instant, percent, timeZone, variantName } from './words.js';

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

export const serve = z
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

export type ServeDefinition = z.infer<typeof serve>;
export type RampDefinition = z.infer<typeof ramp>;
export type TimeWindowDefinition = z.infer<typeof timeWindow>;
