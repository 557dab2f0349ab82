import { EventEmitter, once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { run } from '../../../src/cli/run.js';
import { workIn } from '../../stores/a-folder.js';
import { storeWith } from '../a-store.js';

/** A terminal in which somebody watches. */
class Watching extends EventEmitter {
  readonly out: string[] = [];
  readonly err: string[] = [];
  readonly code: Promise<number>;
  stop: () => void = () => undefined;

  constructor(...words: readonly string[]) {
    super();
    const note = (side: 'out' | 'err') => (text: string) => {
      this[side].push(text);
      this.emit('text');
    };
    const stopped = new Promise<void>((resolve) => {
      this.stop = resolve;
    });
    this.code = run(['watch', ...words], {
      out: note('out'),
      err: note('err'),
      input: async () => '',
      stopped: () => stopped,
    });
  }

  /** Resolves once this was said. */
  async said(side: 'out' | 'err', text: string): Promise<void> {
    while (!this[side].join('\n').includes(text)) await once(this, 'text');
  }
}

describe('gatekeeper watch', () => {
  it('tells each change once, in order, until it is ended', async () => {
    const store = await storeWith({ search: false });
    const watching = new Watching();
    await watching.said('err', 'Watching environment default of flags.db, revision 1; Ctrl-C ends it.');
    await store.apply('default', { flags: { search: 20 } }, { by: 'ann', comment: 'Monday', at: 0 });
    await store.apply('default', { flags: { search: null, other: true } }, { by: 'bob', at: 0 });
    await watching.said('out', 'other');
    watching.stop();
    expect(await watching.code).toBe(0);
    expect(watching.out).toEqual([
      '1970-01-01T00:00:00Z  revision 2  ann: Monday',
      '  ~ search: off → on for 20%',
      '1970-01-01T00:00:00Z  revision 3  bob',
      expect.stringMatching(/^ {2}- search: on for 20% → deleted$/),
      '  + other: on',
    ]);
  });

  it('tells programs on one line each', async () => {
    const store = await storeWith({ search: false });
    const watching = new Watching('--json');
    await watching.said('err', 'Watching');
    await store.apply('default', { flags: { search: true } }, { by: 'ann', at: 7 });
    await watching.said('out', 'search');
    watching.stop();
    await watching.code;
    expect(watching.out.map((line) => JSON.parse(line))).toEqual([
      {
        store: 'flags.db',
        environment: 'default',
        revision: 2,
        at: 7,
        by: 'ann',
        comment: '',
        changes: [{ kind: 'flag', name: 'search', before: false, after: true }],
      },
    ]);
  });

  it('sees what people write into a file', async () => {
    vi.stubEnv('GATEKEEPER_ENV', '');
    workIn({ 'flags.yaml': 'flags: { search: false }\n' });
    const watching = new Watching();
    await watching.said('err', 'Watching environment default of flags.yaml');
    writeFileSync('flags.yaml', 'flags: { search: 20 }\n');
    await watching.said('out', '20%');
    watching.stop();
    expect(await watching.code).toBe(0);
    expect(watching.out.at(-1)).toMatch(/search: .*on for 20%/);
  });

  it('ends at once when nothing ever happened', async () => {
    await storeWith({});
    const watching = new Watching();
    watching.stop();
    expect(await watching.code).toBe(0);
    expect(watching.out).toEqual([]);
  });
});
