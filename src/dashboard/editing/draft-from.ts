import { DEEPEST } from './condition-draft.js';
import type { Draft, GroupDraft, PartDraft, RuleDraft, ServeDraft, StepDraft } from './draft.js';
import { Fields } from './fields.js';

/** What was typed into the form, whatever it is. */
export function draftFrom(form: URLSearchParams): Draft {
  const fields = Fields.of(form);
  const text = (key: string): string => fields.text(key);
  return {
    shape: text('shape'),
    keys: text('keys'),
    users: text('users'),
    description: text('description'),
    kind: text('kind'),
    owner: text('owner'),
    expires: text('expires'),
    tags: text('tags'),
    enabled: text('enabled'),
    killed: text('killed'),
    clientSide: text('clientSide'),
    overridable: text('overridable'),
    variants: {
      kind: fields.at('variants').text('kind'),
      rows: fields.at('variants').list('rows', (row) => ({ name: row.text('name'), value: row.text('value') })),
    },
    off: text('off'),
    overrides: fields.list('overrides', (row) => ({ variant: row.text('variant'), ids: row.text('ids') })),
    prerequisites: fields.list('prerequisites', (row) => ({
      flag: row.text('flag'),
      operator: row.text('operator'),
      variants: row.text('variants'),
    })),
    rules: fields.list('rules', ruleFrom),
    serve: serveFrom(fields.at('serve')),
    bucketBy: text('bucketBy'),
    salt: text('salt'),
  };
}

function ruleFrom(fields: Fields): RuleDraft {
  return { name: fields.text('name'), when: groupFrom(fields.at('when'), 1), serve: serveFrom(fields.at('serve')) };
}

function groupFrom(fields: Fields, depth: number): GroupDraft {
  return {
    kind: fields.text('kind') || 'all',
    style: fields.text('style') || 'map',
    parts: depth > DEEPEST ? [] : fields.list('parts', (part) => partFrom(part, depth + 1)),
  };
}

function partFrom(fields: Fields, depth: number): PartDraft {
  return {
    ...groupFrom(fields, depth),
    subject: fields.text('subject'),
    operator: fields.text('operator'),
    value: fields.text('value'),
    kept: fields.text('kept'),
  };
}

function serveFrom(fields: Fields): ServeDraft {
  const [fixed, percentage, days, at, window] = ['fixed', 'percentage', 'days', 'at', 'window'].map((way) => {
    const inside = fields.at(way);
    return (key: string): string => inside.text(key);
  }) as [Reader, Reader, Reader, Reader, Reader];
  return {
    kind: fields.text('kind'),
    fixed: { variant: fixed('variant') },
    percentage: { percentage: percentage('percentage'), variant: percentage('variant') },
    split: {
      weights: fields
        .at('split')
        .list('weights', (row) => ({ variant: row.text('variant'), weight: row.text('weight') })),
    },
    days: {
      start: days('start'),
      timeZone: days('timeZone'),
      variant: days('variant'),
      steps: fields.at('days').list('steps', stepFrom),
    },
    at: { timeZone: at('timeZone'), variant: at('variant'), steps: fields.at('at').list('steps', stepFrom) },
    window: {
      from: window('from'),
      until: window('until'),
      timeZone: window('timeZone'),
      variant: window('variant'),
    },
  };
}

type Reader = (key: string) => string;

function stepFrom(fields: Fields): StepDraft {
  return { from: fields.text('from'), percentage: fields.text('percentage') };
}
