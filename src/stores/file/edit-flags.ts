import { isMap, type Node, visit } from 'yaml';
import { GatekeeperError } from '../../errors.js';
import type { Definitions } from '../../evaluation/definition/schema.js';
import { isPlain } from '../../evaluation/json-value.js';
import { byName, type ChangedRecord } from '../audit.js';
import { type FlagsFile, flagsIn } from './flags-file.js';
import { MapEdit } from './map-edit.js';
import { membersOf } from './map-members.js';
import { block, inline, isJson, type Writing, writingOf } from './rendering.js';
import { TextEdit } from './text-edit.js';

type Json = Readonly<Record<string, unknown>>;
type Both = Required<Definitions>;

/** The text of a new file that says nothing yet. */
export function emptyText(path: string): string {
  return path.endsWith('.json') ? '{\n  "flags": {}\n}\n' : 'flags: {}\n';
}

/**
 * The text of a file once some of its flags and segments are changed: the rest stays as it is written, with its comments, its
 * order, its shorthands. What comes out is read again before it is believed.
 *
 * @throws GatekeeperError `INVALID_FILE` when the file cannot be changed without changing more
 */
export function editedText(file: FlagsFile, records: readonly ChangedRecord[], name: string): string {
  const after = changed(file.definitions, records);
  if (JSON.stringify(file.definitions) === JSON.stringify(after)) return file.text;
  for (const edit of [spliced, rewritten]) {
    try {
      const text = edit(file, after, records);
      if (text !== undefined && says(text, after, file, name)) return text;
    } catch {
      // What can be read can be written in ways that this way of editing cannot follow.
    }
  }
  throw new GatekeeperError(
    'INVALID_FILE',
    `${name} is written in a way that cannot be edited without changing more than was asked for; edit it by hand.`,
  );
}

function changed({ flags, segments }: Both, records: readonly ChangedRecord[]): Both {
  const named = byName(records);
  const changes = (before: Json, change: Json): Json =>
    Object.fromEntries(Object.entries(Object.assign(noProto(before), change)).filter(([, record]) => record !== null));
  return { flags: changes(flags, named.flags), segments: changes(segments, named.segments) } as Both;
}

/** Only the text of what changes is replaced. */
function spliced(file: FlagsFile, after: Both, records: readonly ChangedRecord[]): string | undefined {
  const { tree } = file.document;
  const root = tree.contents;
  if (!isMap(root)) return undefined;
  const writing = writingOf(file.text);
  const [before, content] = [topOf(file.definitions, file), topOf(after, file)];
  if (root.items.length === 0 || (root.flow === true && !writing.json)) return wholly(file, content, writing);
  const edit = new TextEdit(file.text);
  freeAliases(file, records, edit, writing);
  new MapEdit(edit, writing, root).merge(root, before, content);
  return edit.result();
}

/** The members of the file that can change, as they stand in it. */
function topOf({ flags, segments }: Both, { key, document }: FlagsFile): Json {
  const has = (name: string): boolean => document.tree.has(name);
  const filled = (records: Json): boolean => Object.keys(records).length > 0;
  const top: Record<string, unknown> = isPlain(document.toJS()) ? { ...(document.toJS() as Json) } : {};
  if (has(key) || filled(flags)) top[key] = flags;
  if (has('segments') || filled(segments)) top['segments'] = segments;
  return top;
}

function wholly({ text, document }: FlagsFile, content: Json, writing: Writing): string {
  const [start, end] = document.tree.contents?.range ?? [0, text.length];
  const whole = writing.json ? inline(content, '', writing) : block(content, '', writing);
  return text.slice(0, start) + whole + text.slice(end);
}

/** What others are written as an alias of may change: then they are written out as they are. */
function freeAliases(file: FlagsFile, records: readonly ChangedRecord[], edit: TextEdit, writing: Writing): void {
  const { document, key } = file;
  if (!file.text.includes('&')) return;
  const touched = records.flatMap(({ kind, name }) => {
    const map = document.tree.get(kind === 'flag' ? key : 'segments', true);
    return isMap(map) ? membersOf(map).filter((member) => member.name === name) : [];
  });
  const isTouched = (node: Node): boolean =>
    touched.some(({ start, end }) => node.range && node.range[0] >= start && node.range[0] < end);
  visit(document.tree, {
    Alias(_key, alias) {
      const source = alias.resolve(document.tree);
      if (source === undefined || !alias.range || isTouched(alias) || !isTouched(source)) return;
      edit.replace(alias.range[0], alias.range[1], inline(source.toJS(document.tree), '', writing));
    },
  });
}

/** The tree is changed and written anew: comments and order stay, spaces may not. */
function rewritten(file: FlagsFile, after: Both, records: readonly ChangedRecord[]): string {
  if (isJson(file.text)) return `${JSON.stringify(topOf(after, file), null, writingOf(file.text).unit)}\n`;
  const tree = flagsIn(file.text, '').document.tree;
  for (const { kind, name, after: record } of records) {
    const path = [kind === 'flag' ? file.key : 'segments', name];
    if (record !== null) tree.setIn(path, tree.createNode(record));
    else if (tree.hasIn(path)) tree.deleteIn(path);
  }
  return tree.toString({ lineWidth: 0 });
}

function says(text: string, expected: Both, file: FlagsFile, name: string): boolean {
  if (isJson(file.text) && !isJson(text)) return false;
  // As it will be read: some text cannot be kept as bytes.
  const { definitions } = flagsIn(Buffer.from(text).toString(), name);
  return JSON.stringify(definitions) === JSON.stringify(expected);
}

function noProto(map: Json): Record<string, unknown> {
  return Object.assign(Object.create(null) as Record<string, unknown>, map);
}
