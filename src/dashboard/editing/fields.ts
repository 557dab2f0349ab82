/** The most entries of a list that a form is read for; more than any list of fields has. */
const MOST = 1_000;

interface Branch {
  text: string;
  readonly inside: Map<string, Branch>;
}

/** The fields of a form as the tree that their names tell: `rules.0.name` is in `rules`, first, `name`. */
export class Fields {
  readonly #branch: Branch | undefined;

  private constructor(branch: Branch | undefined) {
    this.#branch = branch;
  }

  static of(form: Iterable<readonly [string, string]>): Fields {
    const root: Branch = { text: '', inside: new Map() };
    for (const [name, text] of form) {
      let branch = root;
      for (const key of name.split('.')) branch = entered(branch, key);
      branch.text = text;
    }
    return new Fields(root);
  }

  /** What was typed into a field, `''` when there is no such field. */
  text(key: string): string {
    return this.#branch?.inside.get(key)?.text ?? '';
  }

  at(key: string): Fields {
    return new Fields(this.#branch?.inside.get(key));
  }

  /** The entries of a list, in the order of their numbers, each read by `read`. */
  list<Value>(key: string, read: (entry: Fields) => Value): Value[] {
    return [...(this.#branch?.inside.get(key)?.inside ?? [])]
      .filter(([index]) => /^\d{1,4}$/.test(index))
      .sort(([one], [other]) => Number(one) - Number(other))
      .slice(0, MOST)
      .map(([, entry]) => read(new Fields(entry)));
  }
}

function entered(branch: Branch, key: string): Branch {
  const known = branch.inside.get(key);
  if (known !== undefined) return known;
  const added: Branch = { text: '', inside: new Map() };
  branch.inside.set(key, added);
  return added;
}

/** The other way round: every text inside with the name of its field. */
export function fieldsIn(value: unknown, name = ''): [name: string, text: string][] {
  if (typeof value === 'string') return [[name, value]];
  return Object.entries(value ?? {}).flatMap(([key, inside]) => fieldsIn(inside, name === '' ? key : `${name}.${key}`));
}
