import { GatekeeperError } from '../errors.js';
import { compileFlag } from './compile.js';
import type { CompiledFlag } from './compiled-flag.js';
import { type Definitions, parseDefinition } from './definition.js';
import { checkFlagInstance, checkFlagName, flagPlace } from './flag-class.js';
import type { FeatureFlagConfig } from './flag-config.js';

/** All flags as they stand at one moment. Never changed: a change makes a new snapshot. */
export interface Snapshot {
  readonly flags: ReadonlyMap<string, CompiledFlag>;
  /** The number of the change these flags came with; it only grows. */
  readonly revision: number;
}

/** Where readers get their snapshot from. */
export interface SnapshotSource {
  readonly snapshot: Snapshot;
  /** True while the snapshot may be behind the store. */
  readonly stale: boolean;
  /** Told when a flag was asked for that does not exist. */
  unknownFlag(name: string): void;
}

/** What a snapshot is made of. */
export interface SnapshotSources {
  readonly configs: readonly FeatureFlagConfig[];
  readonly definitions: Definitions;
  /** Where the definitions stand, for messages. */
  readonly origin: string;
  readonly revision: number;
  /** Told of each failure of a flag's own code. */
  readonly report: (flag: string, problem: string, error?: unknown) => void;
}

/**
 * Compiles all flags: definitions go over classes of the same name.
 *
 * @throws GatekeeperError `INVALID_FLAG` or `INVALID_DEFINITION`, naming flag, value and fix
 */
export function buildSnapshot({ configs, definitions, origin, revision, report }: SnapshotSources): Snapshot {
  const byName = configsByName(configs);
  const data = new Map(Object.entries(definitions.flags));
  const flags = new Map<string, CompiledFlag>();
  for (const name of new Set([...byName.keys(), ...data.keys()])) {
    checkFlagName(name, origin);
    const place = data.has(name) ? `${flagPlace(name)} (${origin})` : flagPlace(name);
    const definition = data.has(name) ? parseDefinition(data.get(name), place) : undefined;
    const config = byName.get(name);
    flags.set(
      name,
      compileFlag({ name, place, config, definition, report: (problem, error) => report(name, problem, error) }),
    );
  }
  return { flags, revision };
}

function configsByName(configs: readonly FeatureFlagConfig[]): Map<string, FeatureFlagConfig> {
  const byName = new Map<string, FeatureFlagConfig>();
  for (const [index, config] of configs.entries()) {
    checkFlagInstance(config, `flags[${index}]`);
    const other = byName.get(config.flagName);
    if (other !== undefined) {
      throw new GatekeeperError(
        'INVALID_FLAG',
        `${flagPlace(config.flagName)} is there twice, as class ${other.constructor.name} and as class ${config.constructor.name}; rename one or remove it.`,
      );
    }
    byName.set(config.flagName, config);
  }
  return byName;
}
