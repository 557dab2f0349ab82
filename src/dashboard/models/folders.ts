/** A folder of flags, as the tree beside the list shows it. */
export interface Folder {
  /** With its last slash; `''` for all flags. */
  readonly path: string;
  /** Its own part of the path. */
  readonly label: string;
  readonly count: number;
  readonly link: string;
  readonly current: boolean;
  /** Only along the way to the current folder, and one step beyond. */
  readonly folders: readonly Folder[];
  /** How many more there are than are shown. */
  readonly more: number;
}

/** More side by side nobody reads. */
const MOST = 100;

/** How deep the tree is drawn: names may have a slash at every second letter. */
const DEEPEST = 8;

const { compare } = new Intl.Collator('en', { numeric: true });

/** The folders a flag is in, outermost first: of `a/b/c`, `a/` and `a/b/`. */
export function foldersOf(name: string): string[] {
  const folders: string[] = [];
  for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
    folders.push(name.slice(0, slash + 1));
    if (folders.length === DEEPEST) break;
  }
  return folders;
}

/**
 * @param current the folder that is looked into
 * @param link leads to a folder
 * @returns the tree with all flags at its root; `undefined` where there are no folders
 */
export function treeOf(
  names: readonly string[],
  current: string,
  link: (folder: string) => string,
): Folder | undefined {
  const counts = new Map<string, number>();
  const inside = new Map<string, string[]>();
  for (const name of names) {
    let parent = '';
    for (const folder of foldersOf(name)) {
      const count = counts.get(folder) ?? 0;
      counts.set(folder, count + 1);
      if (count === 0) {
        const beside = inside.get(parent);
        if (beside === undefined) inside.set(parent, [folder]);
        else beside.push(folder);
      }
      parent = folder;
    }
  }
  if (counts.size === 0 && current === '') return undefined;

  const folderAt = (path: string, parent: string): Folder => {
    const all = current.startsWith(path) ? [...(inside.get(path) ?? [])].sort(compare) : [];
    return {
      path,
      label: path.slice(parent.length),
      count: path === '' ? names.length : (counts.get(path) ?? 0),
      link: link(path),
      current: path === current,
      folders: all.slice(0, MOST).map((folder) => folderAt(folder, path)),
      more: Math.max(0, all.length - MOST),
    };
  };
  return folderAt('', '');
}
