import { z } from 'zod';
import { isInstant, isTimeZone } from '../instants.js';
import { isRounded, userKey } from '../user-id.js';
import { LIMITS } from './limits.js';

/* The smallest parts of definitions: names, ids, instants, numbers. */

export const text = z.string({ error: 'use text' }).max(LIMITS.text);
/** An owner, a tag, a name of a rule. */
export const label = z.string({ error: 'use text' }).min(1, { error: 'it is empty' }).max(LIMITS.label);
export const variantName = z
  .string({ error: 'the name of a variant is text' })
  .min(1, { error: 'the name of a variant is not empty' })
  .max(100);
export const trueOrFalse = z.boolean({ error: 'use true or false; on, off, yes and no are words in YAML 1.2' });

const userId = z
  .union([z.string(), z.number()], { error: 'a user id is a number or a string' })
  .refine((id) => userKey(id) !== undefined, { error: 'a user id is not empty' })
  .refine((id) => !isRounded(id), { error: 'so large a user id has lost digits; put it in quotes' })
  .meta({ description: 'A user id; 1 and "1" are the same user' });
export const userIds = z.array(userId).max(LIMITS.values);

export const instant = z
  .string({ error: 'an instant is text such as 2026-12-01 or 2026-12-01T09:00:00+01:00; quote it' })
  .refine(isInstant, { error: 'an instant is written 2026-12-01, 2026-12-01T09:00 or 2026-12-01T09:00:00+01:00' })
  .meta({ description: 'A date, or a date and time with or without offset (ISO 8601)' });
export const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'a time zone is a name such as Europe/Stockholm or UTC' })
  .meta({ description: 'Where dates without an offset are meant; UTC by default' });

export const percent = z
  .number({ error: 'a percentage is a number from 0 to 100' })
  .min(0, { error: 'a percentage is at least 0' })
  .max(100, { error: 'a percentage is at most 100' });
