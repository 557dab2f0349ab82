import type { FlagDefinition, FlagInput, RuleDefinition } from '../../evaluation/definition/schema.js';
import { foreignFields } from '../../evaluation/definition/schema.js';
import { writtenOut } from '../../evaluation/definition/written-out.js';
import { groupOf, wantedDrafts } from './condition-draft.js';
import { blank, type Draft, type RuleDraft, type Shape } from './draft.js';
import { serveDraft } from './serve-draft.js';
import { ids, prose, texts, typedLines } from './typed-text.js';

/**
 * A definition as the fields of a form.
 *
 * @param definition one that `parseFlag` takes
 * @returns why no form can show it, else the fields
 */
export function draftOf(definition: FlagInput): Draft | string {
  if (Array.isArray(definition)) return { ...blank.draft(), shape: 'users', users: typedLines(definition, ids) };
  const map = writtenOut(definition);
  const foreign = Object.keys(foreignFields).filter((field) => field in map);
  if (foreign.length > 0) return `It is written in the words of another tool (${foreign.join(', ')}).`;
  return { ...mapDraft(map as FlagDefinition), shape: shapeOf(definition), keys: Object.keys(map).join(' ') };
}

function shapeOf(definition: FlagInput): Shape {
  return typeof definition === 'boolean' ? 'boolean' : typeof definition === 'number' ? 'number' : 'map';
}

function mapDraft(definition: FlagDefinition): Draft {
  const { description, kind = '', owner, expires, tags, off, bucketBy, salt } = definition;
  const { overrides = {}, prerequisites = {}, rules = [], serve } = definition;
  return {
    ...blank.draft(),
    description: description === undefined ? '' : prose.typed(description),
    kind,
    owner: typed(owner),
    expires: typed(expires),
    tags: tags === undefined ? '' : typedLines(tags, texts),
    enabled: truth(definition.enabled),
    killed: truth(definition.killed),
    clientSide: truth(definition.clientSide),
    overridable: truth(definition.overridable),
    variants: variantsDraft(definition.variants),
    off: typed(off),
    overrides: Object.entries(overrides).map(([variant, users]) =>
      blank.override(texts.typed(variant), typedLines(users, ids)),
    ),
    prerequisites: wantedDrafts(prerequisites),
    rules: rules.map(ruleDraft),
    serve: serveDraft(serve),
    bucketBy: typed(bucketBy),
    salt: typed(salt),
  };
}

function ruleDraft({ name, when, serve }: RuleDefinition): RuleDraft {
  return { name: typed(name), when: groupOf(when), serve: serveDraft(serve) };
}

function variantsDraft(variants: FlagDefinition['variants']): Draft['variants'] {
  if (variants === undefined) return { kind: '', rows: [] };
  if (Array.isArray(variants)) return { kind: 'list', rows: variants.map((name) => blank.variant(texts.typed(name))) };
  const rows = Object.entries(variants).map(([name, value]) => blank.variant(texts.typed(name), JSON.stringify(value)));
  return { kind: 'map', rows };
}

function typed(text: string | undefined): string {
  return text === undefined ? '' : texts.typed(text);
}

function truth(value: boolean | undefined): string {
  return value === undefined ? '' : String(value);
}
