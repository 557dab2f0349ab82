import { join } from 'node:path';
import {
  type AuditEntry,
  ConflictError,
  type FlagStore,
  type Gatekeeper,
  type GatekeeperOptions,
  gatekeeper,
} from 'express-gatekeeper';
import { fileStore } from 'express-gatekeeper/stores/file';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import { sqliteStore } from 'express-gatekeeper/stores/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runtimeOf } from '../../src/express/middleware.js';
import type { Administration } from '../../src/runtime/administration.js';
import { takingBack, undoing } from '../../src/runtime/undoing.js';
import { Notebook } from '../evaluation/a-reader.js';
import { aFolder } from '../stores/a-folder.js';
import { RemoteStore } from './a-remote-store.js';

const MINUTE = 60_000;
const NOON = Date.UTC(2027, 0, 1, 12);

function administered(store: FlagStore, options: GatekeeperOptions = {}): Administration {
  const gk: Gatekeeper = gatekeeper({ flags: [], store, logger: new Notebook(), ...options });
  onTestFinished(() => gk.close());
  const { administration } = runtimeOf(gk);
  if (administration === undefined) throw new Error('There is a store.');
  return administration;
}

/** Tells how a store's history was read. */
function watched(store: FlagStore): {
  readonly store: FlagStore;
  readonly reads: { entries: number; largest: number };
} {
  const reads = { entries: 0, largest: 0 };
  const history: FlagStore['history'] = async (environment, query) => {
    const entries = await store.history(environment, query);
    reads.entries += entries.length;
    reads.largest = Math.max(
      reads.largest,
      entries.reduce((sum, { changes }) => sum + changes.length, 0),
    );
    return entries;
  };
  const proxy = new Proxy(store, {
    get: (target, key) => {
      if (key === 'history') return history;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { store: proxy, reads };
}

const stores: readonly (readonly [string, () => FlagStore])[] = [
  ['memory', () => memoryStore()],
  ['SQLite', () => sqliteStore(join(aFolder(), 'flags.db'))],
];

describe.each(stores)('what a store in %s held at a moment', (_what, create) => {
  /** `a` is 1 from noon on, 2 a minute later, and so on. */
  async function counted(store: FlagStore, count: number): Promise<Administration> {
    for (let index = 0; index < count; index += 1) {
      const at = NOON + index * MINUTE;
      await store.apply('default', { flags: { a: index + 1 } }, { by: 'ann', comment: `#${index + 1}`, at });
    }
    return administered(store);
  }

  it('is nothing before the first change', async () => {
    const administration = await counted(create(), 3);
    const past = await administration.contentAt(NOON - 1);
    expect({ ...past.flags }).toEqual({});
    expect([past.revision, past.entry, past.next?.revision]).toEqual([0, undefined, 1]);
  });

  it('is nothing at any moment of a store that was never written to', async () => {
    const past = await administered(create()).contentAt(NOON);
    expect([past.revision, { ...past.flags }, past.entry, past.next]).toEqual([0, {}, undefined, undefined]);
  });

  it('is what a change left, from the very moment of the change until just before the next', async () => {
    const administration = await counted(create(), 3);
    for (const moment of [NOON + MINUTE, NOON + MINUTE + 1, NOON + 2 * MINUTE - 1]) {
      const past = await administration.contentAt(moment);
      expect([past.flags['a'], past.revision, past.entry?.comment, past.next?.comment]).toEqual([2, 2, '#2', '#3']);
    }
  });

  it('is what is there now, after the last change and in times to come', async () => {
    const administration = await counted(create(), 3);
    for (const moment of [NOON + 2 * MINUTE, NOON + 999 * MINUTE]) {
      const past = await administration.contentAt(moment);
      expect([past.flags['a'], past.revision, past.entry?.comment, past.next]).toEqual([3, 3, '#3', undefined]);
    }
  });

  it('takes a change of many records whole', async () => {
    const store = create();
    await store.apply('default', { flags: { a: 1, b: 2, gone: true }, segments: { s: [1] } }, { by: 'ann', at: NOON });
    const many = { flags: { a: 10, c: true, gone: null }, segments: { s: null, t: [2] } };
    await store.apply('default', many, { by: 'ann', at: NOON + MINUTE });
    await store.apply('default', { flags: { b: null } }, { by: 'ann', at: NOON + 2 * MINUTE });
    const { flags, segments } = await administered(store).contentAt(NOON);
    expect([{ ...flags }, { ...segments }]).toEqual([{ a: 1, b: 2, gone: true }, { s: [1] }]);
    const later = await administered(store).contentAt(NOON + MINUTE);
    expect([{ ...later.flags }, { ...later.segments }]).toEqual([{ a: 10, b: 2, c: true }, { t: [2] }]);
  });

  it('keeps apart a flag and a segment of one name, also one that every object has', async () => {
    const store = create();
    const name = 'constructor';
    await store.apply('default', { flags: { [name]: true }, segments: { [name]: [1] } }, { by: 'ann', at: NOON });
    await store.apply('default', { segments: { [name]: [2] } }, { by: 'ann', at: NOON + MINUTE });
    await store.apply('default', { flags: { [name]: null } }, { by: 'ann', at: NOON + 2 * MINUTE });
    const { flags, segments } = await administered(store).contentAt(NOON);
    expect([Object.entries(flags), Object.entries(segments)]).toEqual([[[name, true]], [[name, [1]]]]);
  });

  it('goes by the order of revisions where clocks did not agree', async () => {
    const store = create();
    const minutes = [0, 10, 5, 20];
    for (const [index, minute] of minutes.entries()) {
      const at = NOON + minute * MINUTE;
      await store.apply('default', { flags: { a: index + 1 } }, { by: 'ann', at });
    }
    const administration = administered(store);
    const inForce = async (minute: number): Promise<unknown> =>
      (await administration.contentAt(NOON + minute * MINUTE)).revision;
    // The third says it was made before the second, which it was made after: from then on both count.
    expect(await Promise.all([4, 5, 7, 10, 19, 20].map(inForce))).toEqual([1, 3, 3, 3, 3, 4]);
  });

  it('is read no further back than to that moment', async () => {
    const { store, reads } = watched(create());
    const administration = await counted(store, 500);
    reads.entries = 0;
    await administration.contentAt(NOON + 495 * MINUTE);
    expect(reads.entries).toBeLessThan(50);
  });

  it('is right however far back it lies', async () => {
    const { store, reads } = watched(create());
    const administration = await counted(store, 700);
    for (const index of [0, 1, 199, 200, 219, 220, 221, 419, 479, 480, 481, 698]) {
      const past = await administration.contentAt(NOON + index * MINUTE);
      expect([past.flags['a'], past.revision]).toEqual([index + 1, index + 1]);
    }
    expect(reads.largest).toBeLessThanOrEqual(200);
  });

  it('does not take thousands of large changes into memory at once', async () => {
    const { store, reads } = watched(create());
    const flags = (value: number) =>
      Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`f${index}`, value]));
    for (let index = 0; index < 60; index += 1) {
      await store.apply('default', { flags: flags(index + 1) }, { by: 'ann', at: NOON + index * MINUTE });
    }
    const past = await administered(store).contentAt(NOON);
    expect([past.flags['f199'], past.revision]).toEqual([1, 1]);
    expect(reads.largest).toBeLessThanOrEqual(4_000);
  });

  it('is not disturbed by what is written while it is read', async () => {
    const store = create();
    await counted(store, 30);
    let written = 0;
    const busy = watched(store);
    const history = busy.store.history;
    const administration = administered(
      new Proxy(busy.store, {
        get: (target, key) => {
          if (key !== 'history') return Reflect.get(target, key, target);
          return async (...given: Parameters<typeof history>): Promise<readonly AuditEntry[]> => {
            written += 1;
            await store.apply('default', { flags: { a: 1000, b: written } }, { by: 'bob', at: NOON });
            return history(...given);
          };
        },
      }),
    );
    const past = await administration.contentAt(NOON + 3 * MINUTE);
    expect([{ ...past.flags }, past.revision]).toEqual([{ a: 4 }, 4]);
    expect(written).toBeGreaterThan(1);
  });

  it('is told of any environment', async () => {
    const store = create();
    const administration = await counted(store, 2);
    await store.apply('staging', { flags: { a: 70 } }, { by: 'ann', at: NOON });
    expect((await administration.contentAt(NOON, 'staging')).flags['a']).toBe(70);
  });

  it('decides as it did then', async () => {
    const store = create();
    const administration = await counted(store, 3);
    const snapshot = administration.snapshotOf(await administration.contentAt(NOON + MINUTE));
    expect([snapshot.revision, snapshot.flags.size]).toEqual([2, 1]);
  });
});

describe('what a file held at a moment', () => {
  it('begins with what people had written into it', async () => {
    const path = join(aFolder(), 'flags.yaml');
    const store = fileStore(path);
    await store.apply('default', { flags: { a: 1 } }, { by: 'ann', at: NOON });
    await store.apply('default', { flags: { a: 2, b: true } }, { by: 'ann', at: NOON + MINUTE });
    const past = await administered(store).contentAt(NOON);
    expect({ ...past.flags }).toEqual({ a: 1 });
    // The lines are those of today.
    expect(past.origin).toBeUndefined();
  });
});

describe('taking a change back', () => {
  async function changed(...changes: readonly Parameters<FlagStore['apply']>[1][]): Promise<Administration> {
    const store = memoryStore();
    for (const change of changes) await store.apply('default', change, { by: 'ann' });
    return administered(store);
  }

  async function planned(administration: Administration, revision: number, later = false): Promise<unknown> {
    const entry = await administration.entry(revision);
    if (entry === undefined) throw new Error(`There is no revision ${revision}.`);
    const records = takingBack(entry, administration.content);
    const { flags, segments } = undoing(records, later);
    return { states: records.map(({ state }) => state), flags: { ...flags }, segments: { ...segments } };
  }

  it('gives what was changed, created and deleted its former definition', async () => {
    const administration = await changed(
      { flags: { a: 1, gone: true }, segments: { s: [1] } },
      { flags: { a: 2, gone: null, fresh: true }, segments: { s: [1, 2] } },
    );
    expect(await planned(administration, 2)).toEqual({
      states: ['exact', 'exact', 'exact', 'exact'],
      flags: { a: 1, gone: true, fresh: null },
      segments: { s: [1] },
    });
  });

  it('leaves alone what was changed later, unless that is to be taken back as well', async () => {
    const administration = await changed({ flags: { a: 1, b: 1 } }, { flags: { a: 2, b: 2 } }, { flags: { a: 3 } });
    const states = ['changed', 'exact'];
    expect(await planned(administration, 2)).toEqual({ states, flags: { b: 1 }, segments: {} });
    expect(await planned(administration, 2, true)).toEqual({ states, flags: { a: 1, b: 1 }, segments: {} });
  });

  it('has nothing to do where somebody did it already', async () => {
    const administration = await changed({ flags: { a: 1 } }, { flags: { a: 2 } }, { flags: { a: 1 } });
    expect(await planned(administration, 2, true)).toEqual({ states: ['done'], flags: {}, segments: {} });
  });

  it('ends the kill that it takes back, but none that came later', async () => {
    const serve = { percentage: 5 };
    const killed = await changed({ flags: { a: { serve } } }, { flags: { a: { serve, killed: true } } });
    expect(await planned(killed, 2)).toMatchObject({ flags: { a: { serve } } });
    const later = await changed(
      { flags: { a: 5 } },
      { flags: { a: { serve: 'on' } } },
      { flags: { a: { killed: true } } },
    );
    expect(await planned(later, 2, true)).toMatchObject({ flags: { a: { serve, killed: true } } });
    const created = await changed({ flags: { a: 5 } }, { flags: { a: { serve, killed: true } } });
    expect(await planned(created, 1, true)).toMatchObject({ flags: { a: { killed: true } } });
  });

  it('finds no change that is not there', async () => {
    const administration = await changed({ flags: { a: 1 } });
    expect([await administration.entry(0), await administration.entry(2)]).toEqual([undefined, undefined]);
    expect((await administration.entry(1))?.revision).toBe(1);
  });
});

describe('what a change would do', () => {
  it('to any content is told before it is made', async () => {
    const store = memoryStore();
    await store.apply('staging', { flags: { a: true }, segments: { s: [1] } }, { by: 'ann' });
    const administration = administered(store);
    const content = await administration.load('staging');
    const fine = administration.preview(content, { flags: { a: false } });
    expect([fine.before.flags.get('a')?.enabled, fine.after.flags.get('a')?.enabled, fine.problem]).toEqual([
      true,
      false,
      undefined,
    ]);
    const { problem } = administration.preview(content, { flags: { a: { serve: 'MAYBE' } } });
    expect(problem).toContain('MAYBE');
    const refused = administration.editIn('staging', () => ({ flags: { a: { serve: 'MAYBE' } } }), { by: 'ann' });
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_DEFINITION' });
    expect((await store.load('staging')).revision).toBe(1);
  });

  it('in another environment is refused when somebody else was faster', async () => {
    const store = memoryStore();
    await store.apply('staging', { flags: { a: 1 } }, { by: 'ann' });
    await store.apply('staging', { flags: { a: 2 } }, { by: 'bob' });
    const late = administered(store).editIn('staging', () => ({ flags: { a: 3 } }), { by: 'ann', expectedRevision: 1 });
    await expect(late).rejects.toBeInstanceOf(ConflictError);
  });
});

describe('a store that cannot be reached', () => {
  it('is told as such, whatever it threw', async () => {
    const store = new RemoteStore();
    const administration = administered(store);
    await administration.load('default');
    store.cut();
    for (const asked of [administration.load('default'), administration.contentAt(NOON)]) {
      await expect(asked).rejects.toMatchObject({ code: 'STORE_FAILED', message: 'connect ECONNREFUSED' });
    }
    const edit = administration.edit(() => ({ flags: { a: true } }), { by: 'ann' });
    await expect(edit).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });
});
