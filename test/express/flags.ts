import {
  type Attributes,
  type EvaluationContext,
  FeatureFlagConfig,
  type FlagInstanceOptions,
  type FlagKind,
  featureFlag,
  type Variants,
} from 'express-gatekeeper';

/** What people write: visible to developers and to three users. */
export class MyNewFeature extends featureFlag({
  name: 'MY_NEW_FEATURE',
  variants: ['VISIBLE', 'NOT_VISIBLE'],
  description: 'Gate visibility of my new feature during development',
}) {
  pickVariant({ app, isUser }: EvaluationContext) {
    return app?.get('env') === 'development' || isUser(1, 2, 3) ? 'VISIBLE' : 'NOT_VISIBLE';
  }
}

interface AnyFlagOptions extends FlagInstanceOptions {
  readonly variants?: Variants;
  readonly kind?: FlagKind;
  readonly overridable?: boolean;
  readonly bucketBy?: string;
}

/** A flag whose choice is written where it is used. */
export class AnyFlag extends FeatureFlagConfig {
  readonly variants: Variants;

  constructor(
    readonly flagName: string,
    readonly choose: (context: EvaluationContext) => unknown = () => 'off',
    { overrides = {}, variants = ['on', 'off'], ...fields }: AnyFlagOptions = {},
  ) {
    super({ overrides });
    this.variants = variants;
    Object.assign(this, fields);
  }

  pickVariant(context: EvaluationContext): string {
    return this.choose(context) as string;
  }
}

/** A flag that is on for users whose attributes say so. */
export function forAttributes(name: string, matches: (attributes: Attributes) => unknown): AnyFlag {
  return new AnyFlag(name, ({ attributes }) => (matches(attributes) ? 'on' : 'off'));
}
