import { isCollection, isMap, isScalar, type YAMLMap } from 'yaml';
import { isPlain } from '../../evaluation/json-value.js';
import { type Member, membersOf } from './map-members.js';
import { block, inline, isTall, keyText, type Writing } from './rendering.js';
import type { TextEdit } from './text-edit.js';

type Json = Readonly<Record<string, unknown>>;

/** Edits the text of maps member by member: what does not change, comments too, is not touched. */
export class MapEdit {
  readonly #edit: TextEdit;
  readonly #writing: Writing;
  readonly #root: YAMLMap;

  constructor(edit: TextEdit, writing: Writing, root: YAMLMap) {
    this.#edit = edit;
    this.#writing = writing;
    this.#root = root;
  }

  /**
   * Makes a map that says `before` say `after`. At least one member stays.
   *
   * @throws Error it is written in a way that only its author can follow
   */
  merge(map: YAMLMap, before: Json, after: Json): void {
    const members = membersOf(map);
    const stays = members.map(({ name }) => Object.hasOwn(after, name));
    if (!stays.includes(true)) throw new Error('nothing stays');
    if (map.flow === true) this.#removeRuns(members, stays);
    for (const [index, member] of members.entries()) {
      if (!stays[index]) {
        if (map.flow !== true) this.#removeLines(member, index > 0);
      } else if (!same(before[member.name], after[member.name])) {
        this.#change(map, member, before[member.name], after[member.name]);
      }
    }
    const added = Object.entries(after).filter(([name]) => !Object.hasOwn(before, name));
    const last = members.findLast((_member, index) => stays[index]);
    if (last !== undefined) for (const [name, value] of added) this.#add(map, last, name, value);
  }

  #change(map: YAMLMap, member: Member, was: unknown, is: unknown): void {
    const { value } = member;
    // In a map that says nothing any more, the comments stay.
    if (map === this.#root && isMap(value) && value.flow !== true && !isTall(is)) this.#removeAll(value);
    else if (isMap(value) && isPlain(was) && isPlain(is) && mergeable(was, is)) this.merge(value, was, is);
    else if (map.flow === true) this.#replaceInline(member, inline(is, this.#pad(member), this.#writing));
    else this.#replaceInBlock(member, is);
  }

  #replaceInBlock(member: Member, is: unknown): void {
    const { value, end } = member;
    const text = this.#edit.text;
    const colon = this.#colonOf(member);
    const tall = (isCollection(value) && value.flow !== true) || text.slice(colon, end).trimEnd().includes('\n');
    const flow = isCollection(value) && value.flow === true && value.items.length > 0;
    const short = inline(is, '', this.#writing);
    if (tall) {
      const below = isTall(is) ? `${this.#writing.lineEnd}${this.#below(member, is)}` : ` ${short}`;
      this.#edit.replace(colon + 1, this.#endOfText(end), below);
    } else if (flow || !isTall(is)) {
      this.#replaceInline(member, short);
    } else {
      // A comment behind the old value stays behind the key.
      const lineEnd = this.#edit.lineEnd(end);
      const bare = text.slice(end, lineEnd).trim() === '';
      const nothing = value?.range?.[0] === end;
      this.#edit.replace(nothing && !bare ? end : colon + 1, bare ? lineEnd : end, '');
      this.#edit.replace(lineEnd, lineEnd, `${this.#writing.lineEnd}${this.#below(member, is)}`);
    }
  }

  #replaceInline(member: Member, text: string): void {
    const colon = this.#colonOf(member);
    const start = this.#startOf(member, colon);
    this.#edit.replace(start, member.end, `${start === colon + 1 && !this.#writing.json ? ' ' : ''}${text}`);
  }

  #add(map: YAMLMap, last: Member, name: string, value: unknown): void {
    const { lineEnd } = this.#writing;
    const pad = this.#pad(last);
    const key = keyText(name, this.#writing);
    if (map.flow === true) {
      const ownLine = this.#edit.text.slice(this.#edit.lineStart(last.start), last.start).trim() === '';
      const between = ownLine ? `,${lineEnd}${pad}` : ', ';
      this.#edit.replace(last.end, last.end, `${between}${key}: ${inline(value, pad, this.#writing)}`);
      return;
    }
    const at = this.#edit.lineEnd(last.end);
    const below = isTall(value)
      ? `${lineEnd}${block(value, pad + this.#writing.unit, this.#writing)}`
      : ` ${inline(value, '', this.#writing)}`;
    this.#edit.replace(at, at, `${lineEnd}${pad}${key}:${below}`);
  }

  #removeAll(map: YAMLMap): void {
    for (const [index, member] of membersOf(map).entries()) this.#removeLines(member, index > 0);
  }

  /** Takes neighbours away together, with the comma behind them, or before them at the end. */
  #removeRuns(members: readonly Member[], stays: readonly boolean[]): void {
    for (let first = stays.indexOf(false); first !== -1; ) {
      const next = stays.indexOf(true, first);
      const before = members[first - 1];
      const [start, end] =
        next === -1 ? [before?.end, members.at(-1)?.end] : [members[first]?.start, members[next]?.start];
      if (start !== undefined && end !== undefined) this.#edit.replace(start, end, '');
      first = next === -1 ? -1 : stays.indexOf(false, next);
    }
  }

  /** Takes the lines of a member away, and the comment above it, unless that may be one on the whole map. */
  #removeLines({ start, end }: Member, withComment: boolean): void {
    const text = this.#edit.text;
    let from = this.#edit.lineStart(start);
    const pad = text.slice(from, start);
    if (pad.trim() !== '') throw new Error('something stands before a key');
    while (withComment && from > 0) {
      const above = this.#edit.lineStart(from - 1);
      if (!text.startsWith(`${pad}#`, above)) break;
      from = above;
    }
    const lineEnd = this.#edit.lineEnd(end);
    const next = text.indexOf('\n', lineEnd);
    this.#edit.replace(from, next === -1 ? text.length : next + 1, '');
  }

  #below(member: Member, value: unknown): string {
    return block(value, this.#pad(member) + this.#writing.unit, this.#writing);
  }

  /** How far a member is set in. */
  #pad({ start }: Member): string {
    const line = this.#edit.text.slice(this.#edit.lineStart(start), start).replace(/^\ufeff/, '');
    return /^\s*/.exec(line)?.[0] ?? '';
  }

  #colonOf({ key }: Member): number {
    const end = key.range?.[1] ?? 0;
    const colon = this.#edit.text.indexOf(':', end);
    if (colon === -1 || this.#edit.text.slice(end, colon).trim() !== '') throw new Error('a key without a colon');
    return colon;
  }

  /** Where the old value begins, its anchor or tag included. */
  #startOf({ value }: Member, colon: number): number {
    const marked = (isScalar(value) || isCollection(value)) && (value.anchor !== undefined || value.tag !== undefined);
    return marked ? colon + 1 : (value?.range?.[0] ?? colon + 1);
  }

  #endOfText(position: number): number {
    return this.#edit.text[position - 1] === '\n' ? this.#edit.lineEnd(position) : position;
  }
}

/** Whether members can be edited one by one: some stay, in the order they have. The order of variants has a meaning. */
function mergeable(was: Json, is: Json): boolean {
  const stay = Object.keys(was).filter((name) => Object.hasOwn(is, name));
  return stay.length > 0 && same(stay, Object.keys(is).slice(0, stay.length));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
