/** How large definitions may be. Generous for people, small enough that no file can take an app down. */
export const LIMITS = {
  flags: 50_000,
  segments: 10_000,
  rules: 100,
  variants: 100,
  /** Values in one list: user ids, countries … */
  values: 100_000,
  /** How deep conditions and JSON values may be nested. */
  depth: 12,
  /** How many flags and segments the decision about one flag may ask for. */
  references: 1_000,
  rampSteps: 100,
  /** Characters in a description or comment. */
  text: 4_000,
  /** Characters in an owner, a tag, a rule's name, a salt. */
  label: 200,
} as const;

/** How deep a definition may be nested: each level of a condition is a map in a list, and a few more are around them. */
export const NESTING = 2 * LIMITS.depth + 8;
