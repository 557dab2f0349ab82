import { Code } from '../../evaluation/allocations/code.js';
import type { CompiledFlag } from '../../evaluation/compiled-flag.js';
import { parseInstant } from '../../evaluation/instants.js';

/** What is known about a flag besides what it serves. A text is `''` where nothing is said. */
export interface Facts {
  readonly killed: boolean;
  /** Switched off for everyone without an override. */
  readonly off: boolean;
  readonly kind: string;
  readonly owner: string;
  /** As it is written in the definition. */
  readonly expires: string;
  /** Whether that day has come. */
  readonly past: boolean;
  readonly tags: readonly string[];
  /** What the flag is made of. */
  readonly source: 'code' | 'data' | 'code and data';
}

/** @param now milliseconds since the epoch */
export function factsOf(flag: CompiledFlag, now: number): Facts {
  const { config, about, killed, enabled } = flag;
  const { kind = config?.kind ?? '', owner = '', expires = '', tags = [] } = about ?? {};
  return {
    killed,
    off: !enabled,
    kind,
    owner,
    expires,
    past: parseInstant(expires, 'UTC') <= now,
    tags,
    source: config === undefined ? 'data' : isAllCode(flag) ? 'code' : 'code and data',
  };
}

/** Of a definition by shorthand only its effect is kept. */
function isAllCode({ about, enabled, rules, allocation }: CompiledFlag): boolean {
  return about === undefined && enabled && rules.length === 0 && allocation instanceof Code;
}
