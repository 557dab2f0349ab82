import {
  type Attributes,
  type Definitions,
  type FeatureFlagConfig,
  type FlagReader,
  gatekeeper,
  type Logger,
  type UserId,
} from 'express-gatekeeper';

/** A logger that keeps what it was told. */
export class Notebook implements Logger {
  readonly lines: string[] = [];

  warn(message: string): void {
    this.lines.push(message);
  }

  error(message: string): void {
    this.lines.push(message);
  }
}

interface Surroundings {
  readonly flags?: readonly unknown[];
  /** Flag name → its definition, well-formed or not. */
  readonly definitions?: object;
  readonly segments?: object;
  readonly userId?: unknown;
  readonly attributes?: Attributes;
  readonly logger?: Logger;
  readonly clock?: () => number;
}

/** What `gatekeeper()` makes of these flags, for one user. */
export function aReader({
  flags = [],
  definitions = {},
  segments = {},
  userId,
  attributes = {},
  logger = new Notebook(),
  clock = Date.now,
}: Surroundings): FlagReader {
  const gk = gatekeeper({
    flags: flags as FeatureFlagConfig[],
    definitions: {
      flags: definitions as Definitions['flags'],
      segments: segments as Required<Definitions>['segments'],
    },
    logger,
    clock,
  });
  return gk.for({ userId: userId as UserId, attributes });
}

/** What `gatekeeper()` says about flags that it does not take. */
export function complaintAbout(surroundings: Surroundings): string {
  try {
    aReader(surroundings);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no complaint';
}
