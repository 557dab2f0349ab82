import { type EvaluationContext, FeatureFlagConfig, type FlagInstanceOptions } from 'express-gatekeeper';

/** A flag as somebody writes it in JavaScript, where every field can be anything. */
export function aFlag(fields: object, options?: unknown): FeatureFlagConfig {
  class SomeFlag extends FeatureFlagConfig {
    readonly flagName = 'SOME_FLAG';
    readonly variants = ['ON', 'OFF'];

    constructor() {
      super(options as FlagInstanceOptions);
      Object.assign(this, fields);
    }

    pickVariant(_context: EvaluationContext): string {
      return 'OFF';
    }
  }
  return new SomeFlag();
}
