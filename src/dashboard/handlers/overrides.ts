import type { Answer, FormRequest, Redirect } from '../answer.js';
import { LIST_FIELDS } from '../models/filters.js';
import { anchorOf } from '../models/links.js';
import type { Done } from '../models/note.js';
import { incomplete, noRoom, notOverridable, overridesRefused, unknownFlag, unknownVariant } from './problems.js';

/** `POST /override`: sets this browser to a variant of a flag; the empty variant clears it. */
export function setOverride({ gk, flags, form }: FormRequest): Answer {
  const name = form.get('flag');
  const variant = form.get('variant');
  if (name === null) return incomplete('flag');
  if (variant === null) return incomplete('variant');
  const flag = flags.get(name);
  if (flag === undefined) return unknownFlag(name, flags.keys());
  if (variant !== '' && !flag.variants.has(variant)) return unknownVariant(name, variant, flag.variants.names);
  if (variant !== '' && !flag.overridable) return notOverridable(name);
  if (!gk.mayOverride()) return overridesRefused();
  // All that is left to refuse for: a cookie holds some 4,000 bytes.
  if (!gk.setBrowserOverrideVariant(name, variant)) return noRoom();
  return backToFlags(form, variant === '' ? 'cleared' : 'set', name);
}

/** `POST /clear-all`: this browser gets what everyone like it gets. */
export function clearAllOverrides({ gk, form }: FormRequest): Answer {
  gk.clearBrowserOverrideVariants();
  return backToFlags(form, 'cleared-all');
}

/** To the page and the place on it that the button was pressed on. */
function backToFlags(form: URLSearchParams, done: Done, flag?: string): Redirect {
  const query = new URLSearchParams({ done, ...(flag !== undefined && { flag }) });
  for (const field of LIST_FIELDS) {
    const value = form.get(field);
    if (value) query.set(field, value);
  }
  return { redirect: `./?${query}${flag === undefined ? '' : `#${anchorOf(flag)}`}` };
}
