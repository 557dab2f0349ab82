import { z } from 'zod';
import { GatekeeperError, shown } from '../errors.js';
import { userKey } from './user-id.js';

const userId = z.union([z.string(), z.number()]).refine((id) => userKey(id) !== undefined, 'is not a user id');

const serve = z.union([
  z.string(),
  z.strictObject({ percentage: z.number().min(0).max(100), variant: z.string().optional() }),
  z.strictObject({ split: z.record(z.string(), z.number().nonnegative()) }),
]);

const rule = z.strictObject({
  name: z.string().optional(),
  when: z.strictObject({ userId: z.array(userId) }),
  serve: serve.optional(),
});

const definition = z.strictObject({
  description: z.string().optional(),
  kind: z.enum(['release', 'experiment', 'ops', 'permission']).optional(),
  variants: z.union([z.array(z.string()), z.record(z.string(), z.json())]).optional(),
  off: z.string().optional(),
  enabled: z.boolean().optional(),
  killed: z.boolean().optional(),
  overridable: z.boolean().optional(),
  overrides: z.record(z.string(), z.array(userId)).optional(),
  rules: z.array(rule).optional(),
  serve: serve.nullable().optional(),
  bucketBy: z.string().optional(),
  salt: z.string().optional(),
});

/** A flag as data, or what is changed about a flag that is a class. */
export type FlagDefinition = z.infer<typeof definition>;
export type RuleDefinition = z.infer<typeof rule>;
export type ServeDefinition = z.infer<typeof serve>;

/** What may stand for a definition: on or off, a percentage, a list of users, or the definition itself. */
export type FlagInput = boolean | number | readonly (string | number)[] | FlagDefinition;

/** Named flags as they come from code, a file or a program. */
export interface Definitions {
  readonly flags: Readonly<Record<string, FlagInput>>;
}

/**
 * Reads one definition, shorthands included.
 *
 * @param place where it stands, for messages
 * @throws GatekeeperError `INVALID_DEFINITION`
 */
export function parseDefinition(input: unknown, place: string): FlagDefinition {
  if (typeof input === 'boolean') return { enabled: input };
  const { data, error } = definition.safeParse(expanded(input));
  if (error === undefined) return data;
  const problems = error.issues.map(({ path, message }) => `${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`);
  throw new GatekeeperError(
    'INVALID_DEFINITION',
    `${place} is ${shown(input)}, which cannot be read: ${problems.join('; ')}.`,
  );
}

function expanded(input: unknown): unknown {
  if (typeof input === 'number') return { serve: { percentage: input } };
  if (Array.isArray(input)) return { rules: [{ name: 'listed users', when: { userId: input } }] };
  return input;
}
