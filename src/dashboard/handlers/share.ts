import type { Answer, DashboardRequest } from '../answer.js';
import { flagRow } from '../models/flag-row.js';
import { overridesOf } from '../models/override.js';
import { incomplete, unknownFlag, unknownVariant } from './problems.js';

/**
 * `GET /share?flag=…&variant=…`: where a link from a colleague leads. The link carries no authority: whoever opens it is asked,
 * and needs the right to override.
 */
export function offerVariant({ gk, flags, now, query }: DashboardRequest): Answer {
  const name = query.get('flag');
  const variant = query.get('variant');
  if (!name) return incomplete('flag');
  if (!variant) return incomplete('variant');
  const flag = flags.get(name);
  if (flag === undefined) return unknownFlag(name, flags.keys());
  if (!flag.variants.has(variant)) return unknownVariant(name, variant, flag.variants.names);
  const row = flagRow(flag, { gk, overrides: overridesOf(gk), now });
  return { status: 200, view: 'share', model: { row, variant, mayOverride: gk.mayOverride() } };
}
