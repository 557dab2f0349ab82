export { GatekeeperError, type GatekeeperErrorCode } from './errors.js';
export type { Attributes, EvaluationContext } from './evaluation/context.js';
export type { ConditionDefinition } from './evaluation/definition/condition-schema.js';
export type {
  Definitions,
  FlagDefinition,
  FlagInput,
  SegmentDefinition,
  SegmentInput,
} from './evaluation/definition/schema.js';
export type { ErrorCode, EvaluationDetails, Reason } from './evaluation/details.js';
export type { BucketEvidence, Evidence, Explanation, ExplanationStep, StepName } from './evaluation/explanation.js';
export { type FlagClass, type FlagSpec, featureFlag, type TypedFlag } from './evaluation/feature-flag.js';
export { FeatureFlagConfig, type FlagInstanceOptions, type Flags, type Overrides } from './evaluation/flag-config.js';
export type { FlagKind } from './evaluation/flag-kind.js';
export type { FlagReader } from './evaluation/flag-reader.js';
export type { Origin } from './evaluation/place.js';
export type { FlagName, FlagValue, FlagVariants, Register, VariantName } from './evaluation/register.js';
export type { Problem } from './evaluation/snapshot.js';
export type { UserId } from './evaluation/user-id.js';
export type { Variants } from './evaluation/variants.js';
export { flag } from './express/ambient.js';
export { type Gatekeeper, gatekeeper, type Whom } from './express/middleware.js';
export type { BrowserOverridesOptions, GatekeeperOptions } from './express/options.js';
export type { RequestGatekeeper } from './express/request-gatekeeper.js';
export { type RequireFlagOptions, requireFlag } from './express/require-flag.js';
export type { Change } from './runtime/changes.js';
export type { FlagPatch } from './runtime/edits.js';
export type { KillOptions } from './runtime/flag-writer.js';
export type { HealthReport } from './runtime/health.js';
export type { Logger } from './runtime/logger.js';
export type { StrongConsistency } from './runtime/options.js';
export type { RecentContextsOptions } from './runtime/recent-contexts.js';
export { registerFlags } from './runtime/registry.js';
export type { AuditEntry, HistoryQuery, RecordChange, RecordKind } from './stores/audit.js';
export { ConflictError } from './stores/conflict-error.js';
export type { ChangeOptions, FlagStore, Revision, StoreChange, StoreContent, StoreDelta } from './stores/store.js';
