import type { Definitions } from 'express-gatekeeper';

/** Enough flags that two visitors hardly ever agree on all of them. */
export function fortyFlags(bucketBy?: string): Definitions {
  const definition = { serve: { percentage: 50 }, ...(bucketBy === undefined ? {} : { bucketBy }) };
  return { flags: Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`flag-${index}`, definition])) };
}
