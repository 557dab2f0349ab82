import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { messageOf } from '../../errors.js';
import type { Path } from '../../evaluation/place.js';
import { checkAliases } from './aliases.js';

/** A YAML 1.2 document (and so also JSON) with the lines on which its parts stand. */
export class YamlDocument {
  readonly #document: Document;
  readonly #lines = new LineCounter();
  readonly #hasAnchors: boolean;
  readonly #members = new Map<string | number, ReadonlyMap<unknown, Node>>();

  /** @throws Error with line and column when it is no YAML, or a map has a key twice */
  constructor(text: string) {
    this.#hasAnchors = text.includes('&');
    // Keys are compared below: the parser compares each with each, which takes minutes for files that are allowed.
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: true,
      uniqueKeys: false,
      logLevel: 'error',
    });
    const [error] = this.#document.errors;
    // The rest of the message draws the place with several lines.
    if (error !== undefined) throw new Error(error.message.replace(/:?\s*\n[\s\S]*$/, ''), { cause: error });
    const twice = this.#keyTwice();
    if (twice !== undefined) throw new Error(`Map keys must be unique, and ${twice} is there twice`);
  }

  /** The tree itself, to be edited. */
  get tree(): Document {
    return this.#document;
  }

  /** @throws Error when aliases make it larger than anybody would write */
  toJS(): unknown {
    try {
      if (this.#hasAnchors) checkAliases(this.#document);
      return this.#document.toJS({ maxAliasCount: -1 });
    } catch (error) {
      throw new Error(messageOf(error), { cause: error });
    }
  }

  /** The line of the innermost part of `path` that is there. */
  line([top = '', name, ...inside]: Path): number | undefined {
    const member = name === undefined ? undefined : this.#membersOf(top).get(String(name));
    if (member === undefined) return this.#lineOf(this.#document.get(top, true));
    if (!isCollection(member)) return this.#lineOf(member);
    for (let length = inside.length; length > 0; length -= 1) {
      const line = this.#lineOf(member.getIn(inside.slice(0, length), true));
      if (line !== undefined) return line;
    }
    return this.#lineOf(member);
  }

  #lineOf(node: unknown): number | undefined {
    return isNode(node) && node.range ? this.#lines.linePos(node.range[0]).line : undefined;
  }

  /** The members of a map at the top, found once: there may be ten thousand, each with something to say. */
  #membersOf(top: string | number): ReadonlyMap<unknown, Node> {
    let members = this.#members.get(top);
    if (members === undefined) {
      const map = this.#document.get(top, true);
      const pairs = isMap(map) ? map.items : [];
      members = new Map(
        pairs.flatMap(({ key, value }) => (isScalar(key) && isNode(value) ? [[String(key.value), value]] : [])),
      );
      this.#members.set(top, members);
    }
    return members;
  }

  #keyTwice(): string | undefined {
    let twice: string | undefined;
    visit(this.#document, {
      Map: (_key, map) => {
        const seen = new Set<unknown>();
        for (const { key } of map.items) {
          if (!isScalar(key)) continue;
          const name = String(key.value);
          if (seen.has(name)) {
            twice = `${JSON.stringify(name)} at line ${this.#lineOf(key)}`;
            return visit.BREAK;
          }
          seen.add(name);
        }
        return undefined;
      },
    });
    return twice;
  }
}
