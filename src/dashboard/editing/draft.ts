/*
 * A definition as the fields of a form: text throughout, as it was typed. The names of the fields are the way to a text inside:
 * `rules.0.when.parts.1.value`.
 */

/** Every shape a definition may have, as far as a form shows it. */
export type Shape = 'map' | 'boolean' | 'number' | 'users';

export interface Draft {
  /** How it was written: a short form stays one as long as it can. */
  shape: string;
  /** The keys it had, in their order: what was there stays, be it empty. */
  keys: string;
  /** For the short form that only lists users. */
  users: string;
  description: string;
  kind: string;
  owner: string;
  expires: string;
  tags: string;
  enabled: string;
  killed: string;
  clientSide: string;
  overridable: string;
  variants: { kind: string; rows: VariantDraft[] };
  off: string;
  overrides: OverrideDraft[];
  prerequisites: WantedDraft[];
  rules: RuleDraft[];
  serve: ServeDraft;
  bucketBy: string;
  salt: string;
}

export interface VariantDraft {
  name: string;
  /** JSON. */
  value: string;
}

export interface OverrideDraft {
  variant: string;
  /** One on each line. */
  ids: string;
}

/** What another flag has to serve. */
export interface WantedDraft {
  flag: string;
  operator: string;
  variants: string;
}

export interface RuleDraft {
  name: string;
  when: GroupDraft;
  serve: ServeDraft;
}

export interface GroupDraft {
  kind: string;
  /** Whether its parts stand in one map, or in a list of maps. */
  style: string;
  parts: PartDraft[];
}

/** A test, or a group of them, or what no field can show. */
export interface PartDraft extends GroupDraft {
  /** The attribute, or the other flag. */
  subject: string;
  operator: string;
  value: string;
  /** What is kept as it is, as JSON. */
  kept: string;
}

export interface ServeDraft {
  kind: string;
  fixed: { variant: string };
  percentage: { percentage: string; variant: string };
  split: { weights: WeightDraft[] };
  days: { start: string; timeZone: string; variant: string; steps: StepDraft[] };
  at: { timeZone: string; variant: string; steps: StepDraft[] };
  window: { from: string; until: string; timeZone: string; variant: string };
}

export interface WeightDraft {
  variant: string;
  weight: string;
}

export interface StepDraft {
  /** The day or the instant. */
  from: string;
  percentage: string;
}

export const blank = {
  variant: (name = '', value = ''): VariantDraft => ({ name, value }),
  override: (variant = '', ids = ''): OverrideDraft => ({ variant, ids }),
  wanted: (): WantedDraft => ({ flag: '', operator: 'is', variants: '' }),
  rule: (): RuleDraft => ({ name: '', when: blank.group(), serve: blank.serve() }),
  group: (kind = 'all', style = 'map', parts: PartDraft[] = []): GroupDraft => ({ kind, style, parts }),
  part: (part: Partial<PartDraft>): PartDraft => ({
    kind: 'attribute',
    subject: '',
    operator: 'is',
    value: '',
    kept: '',
    style: 'map',
    parts: [],
    ...part,
  }),
  step: (from = '', percentage = ''): StepDraft => ({ from, percentage }),
  serve: (): ServeDraft => ({
    kind: '',
    fixed: { variant: '' },
    percentage: { percentage: '', variant: '' },
    split: { weights: [] },
    days: { start: '', timeZone: '', variant: '', steps: [] },
    at: { timeZone: '', variant: '', steps: [] },
    window: { from: '', until: '', timeZone: '', variant: '' },
  }),
  draft: (): Draft => ({
    shape: 'map',
    keys: '',
    users: '',
    description: '',
    kind: '',
    owner: '',
    expires: '',
    tags: '',
    enabled: '',
    killed: '',
    clientSide: '',
    overridable: '',
    variants: { kind: '', rows: [] },
    off: '',
    overrides: [],
    prerequisites: [],
    rules: [],
    serve: blank.serve(),
    bucketBy: '',
    salt: '',
  }),
};
