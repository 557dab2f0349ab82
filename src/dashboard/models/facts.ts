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
  /** Where the flag is written down. */
  readonly source: 'code' | 'data' | 'code and data';
}

/** @param now milliseconds since the epoch */
export function factsOf({ config, definition, killed, enabled }: CompiledFlag, now: number): Facts {
  const { kind = config?.kind, owner = '', expires = '', tags = [] } = definition ?? {};
  return {
    killed,
    off: !enabled,
    kind: kind ?? '',
    owner,
    expires,
    past: parseInstant(expires, 'UTC') <= now,
    tags,
    source: config === undefined ? 'data' : definition === undefined ? 'code' : 'code and data',
  };
}
