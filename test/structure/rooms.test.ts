import { isBuiltin } from 'node:module';
import { describe, expect, it } from 'vitest';
import { browserRooms, expressTypesInEvaluation, floors, foldersOfEvaluation, pureBuiltins } from './rooms.js';
import { type Import, readSource, roomOf, type SourceFile } from './source-files.js';

const files = readSource();

/** Every import that breaks a rule, as `file → target`. */
function offenders(breaks: (file: SourceFile, one: Import) => boolean): readonly string[] {
  return files.flatMap((file) =>
    file.imports.filter((one) => breaks(file, one)).map(({ target }) => `${file.path} → ${target}`),
  );
}

function inside(...rooms: readonly string[]): (file: SourceFile) => boolean {
  return ({ room }) => rooms.includes(room);
}

const inEvaluation = inside('evaluation');
const inBrowser = inside(...browserRooms);
const isExpress = ({ target }: Import): boolean => /^express($|\/|-serve-static-core$)/.test(target);

describe('the rooms of src/', () => {
  it('are all on the map', () => {
    const known = new Set([...Object.keys(floors), ...browserRooms, '']);
    expect(files.filter(({ room }) => !known.has(room)).map(({ path }) => path)).toEqual([]);
  });

  it('hold only index.ts and errors.ts outside of a room', () => {
    expect(files.filter(({ room }) => room === '').map(({ path }) => path)).toEqual(['errors.ts', 'index.ts']);
  });

  it('import only their own room and those below', () => {
    const goesUp = ({ path, room }: SourceFile, { target, internal }: Import): boolean => {
      if (!internal || path === 'index.ts' || target === 'errors.ts') return false;
      const from = floors[room];
      const to = floors[roomOf(target)];
      return roomOf(target) !== room && !(from !== undefined && to !== undefined && to < from);
    };
    expect(offenders((file, one) => !inBrowser(file) && goesUp(file, one))).toEqual([]);
  });

  it('are not used through the public entrance from within', () => {
    expect(offenders((_file, { target }) => target === 'index.ts' || /^express-gatekeeper($|\/)/.test(target))).toEqual(
      [],
    );
  });
});

describe('evaluation', () => {
  it('does no I/O', () => {
    const doesIo = ({ target, typeOnly }: Import): boolean =>
      !typeOnly && isBuiltin(target) && !pureBuiltins.includes(target);
    expect(offenders((file, one) => inEvaluation(file) && doesIo(one))).toEqual([]);
  });

  it("knows of Express only the types a flag's context names", () => {
    const knowsExpress = ({ path }: SourceFile, one: Import): boolean =>
      isExpress(one) && !(one.typeOnly && path === expressTypesInEvaluation);
    expect(offenders((file, one) => inEvaluation(file) && knowsExpress(file, one))).toEqual([]);
  });
});

describe('the folders of evaluation', () => {
  const folderOf = (path: string): string => (path.startsWith('evaluation/') ? roomOf(path.slice(11)) : '');

  it('are all on the map', () => {
    const known = ['', ...Object.keys(foldersOfEvaluation)];
    expect(files.filter(({ path }) => !known.includes(folderOf(path))).map(({ path }) => path)).toEqual([]);
  });

  it('use of each other only what is written', () => {
    const leansOver = ({ path }: SourceFile, { target }: Import): boolean => {
      const [from, to] = [folderOf(path), folderOf(target)];
      return from !== '' && to !== '' && from !== to && !foldersOfEvaluation[from]?.includes(to);
    };
    expect(offenders(leansOver)).toEqual([]);
  });
});

describe('the rooms beside evaluation', () => {
  it('keep HTTP out of overrides', () => {
    const isHttp = ({ target }: Import): boolean => /^node:https?2?$/.test(target);
    expect(offenders((file, one) => inside('overrides')(file) && (isExpress(one) || isHttp(one)))).toEqual([]);
  });

  it('load Express only where requests are served', () => {
    const low = inside('stores', 'overrides', 'runtime');
    expect(offenders((file, one) => low(file) && isExpress(one) && !one.typeOnly)).toEqual([]);
  });

  it('send nothing of the server to the page', () => {
    const leavesThePage = ({ target, internal, typeOnly }: Import): boolean =>
      !typeOnly && !(internal && browserRooms.includes(roomOf(target)));
    expect(offenders((file, one) => inBrowser(file) && leavesThePage(one))).toEqual([]);
  });
});

it('no file of src/ is longer than 250 lines', () => {
  expect(files.filter(({ lines }) => lines > 250).map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([]);
});
