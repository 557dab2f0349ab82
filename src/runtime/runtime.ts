import { readFileSync } from 'node:fs';
import type { Definitions } from '../evaluation/definition.js';
import type { FeatureFlagConfig } from '../evaluation/flag-config.js';
import { buildSnapshot, type Snapshot, type SnapshotSource } from '../evaluation/snapshot.js';
import { parseJson } from '../overrides/browser-overrides.js';
import { findFlagsFile, readFlagsFile } from '../stores/flags-file.js';
import { SafeLogger } from './logger.js';
import type { RuntimeOptions } from './options.js';
import { Pins } from './pins.js';
import { registeredFlags } from './registry.js';

/** The long-lived thing behind `gatekeeper()`: it holds the current snapshot and knows where the app runs. */
export class Runtime implements SnapshotSource {
  readonly logger: SafeLogger;
  readonly clock: () => number;
  readonly environment: string;
  readonly appName: string;
  /** Whether `NODE_ENV` is unset, `development` or `test`; any other value is treated as production. Read once. */
  readonly development: boolean;
  readonly stale = false;
  readonly #flags: Snapshot;
  readonly #pins = new Pins();

  /** @throws GatekeeperError when a flag, a definition or the flags file cannot be used */
  constructor(options: RuntimeOptions) {
    this.logger = new SafeLogger(options.logger ?? console);
    this.clock = options.clock ?? Date.now;
    this.environment = options.environment ?? (process.env['GATEKEEPER_ENV'] || 'default');
    this.appName = options.appName ?? packageName();
    this.development = ['development', 'test', ''].includes(process.env['NODE_ENV'] ?? '');
    this.#flags = buildSnapshot({
      configs: configsOf(options),
      ...definitionsOf(options),
      revision: 0,
      report: (flag, problem) =>
        this.logger.once(
          'error',
          `flag ${flag}`,
          `Flag '${flag}': ${problem}. It serves its off variant; this is logged once.`,
        ),
    });
  }

  get snapshot(): Snapshot {
    return this.#pins.over(this.#flags);
  }

  /**
   * Fixes flags to variants over everything else, for tests.
   *
   * @returns takes these pins off again
   * @throws GatekeeperError `INVALID_OPTION` for an unknown flag or variant
   */
  pin(variants: Readonly<Record<string, string>>): () => void {
    return this.#pins.add(variants, this.#flags);
  }

  unknownFlag(name: string): void {
    if (!this.development) return;
    this.logger.once(
      'warn',
      `unknown ${name}`,
      `There is no flag ${JSON.stringify(name)}; it reads as off. Check the spelling.`,
    );
  }
}

function configsOf({ flags }: RuntimeOptions): readonly FeatureFlagConfig[] {
  if (flags === undefined) return registeredFlags();
  return Array.isArray(flags) ? flags : Object.values(flags);
}

function definitionsOf({ definitions }: RuntimeOptions): { definitions: Definitions; origin: string } {
  if (definitions !== undefined) return { definitions, origin: 'definitions' };
  const file = findFlagsFile(process.cwd());
  return file === undefined
    ? { definitions: { flags: {} }, origin: 'definitions' }
    : { definitions: readFlagsFile(file), origin: file };
}

function packageName(): string {
  try {
    const content = parseJson(readFileSync('package.json', 'utf8'));
    const name = typeof content === 'object' && content !== null && 'name' in content ? content.name : undefined;
    return typeof name === 'string' ? name : 'app';
  } catch {
    return 'app';
  }
}
