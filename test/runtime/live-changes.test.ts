import { describe, it, vi } from 'vitest';
import { aLiveFile } from './a-live-file.js';

const ON = 'flags:\n  dark_mode: true\n  other: 20\n';
const OFF = 'flags:\n  dark_mode: false\n  other: 20\n';

/** Long enough for a loaded machine; what is waited for takes well under a second. */
const PATIENCE = { timeout: 4000, interval: 20 };

describe.concurrent("on('change')", () => {
  it('names what changed, came and went, and nothing else', async ({ expect, onTestFinished }) => {
    const live = aLiveFile('flags: { same: 20, other: 20, gone: true }\n', onTestFinished);
    const change = live.nextChange();
    live.write('# a comment\nflags: { other: 30, come: true, same: 20 }\n');
    expect([...(await change).flags].sort()).toEqual(['come', 'gone', 'other']);
  });

  it('names all flags when a segment changed, as any may look at it', async ({ expect, onTestFinished }) => {
    const live = aLiveFile('flags: { a: true, b: 20 }\nsegments: { beta: [1] }\n', onTestFinished);
    const change = live.nextChange();
    live.write('flags: { a: true, b: 20 }\nsegments: { beta: [2] }\n');
    expect((await change).flags).toEqual(['a', 'b']);
  });

  it('is not told when nothing is different', async ({ expect, onTestFinished }) => {
    const live = aLiveFile(ON, onTestFinished);
    const { revision } = live.gk.for().details('dark_mode');
    live.write(`# the same\n${ON}`);
    await vi.waitFor(() => expect(live.gk.for().details('dark_mode').revision).toBeGreaterThan(revision), PATIENCE);
    expect(live.changes).toEqual([]);
  });

  it('is told of flags of any name', async ({ expect, onTestFinished }) => {
    const live = aLiveFile('flags: { a: true }\n', onTestFinished);
    const change = live.nextChange();
    live.write('flags: { a: true, __proto__: {}, constructor: {}, toString: true }\n');
    expect([...(await change).flags].sort()).toEqual(['__proto__', 'constructor', 'toString']);
  });

  it('is told to the others when a listener throws, and no more to one that left', async ({
    expect,
    onTestFinished,
  }) => {
    const live = aLiveFile(ON, onTestFinished);
    let told = 0;
    const leave = live.gk.on('change', () => {
      told += 1;
    });
    live.gk.on('change', () => JSON.parse('{'));
    const first = live.nextChange();
    live.write(OFF);
    await first;
    leave();
    const second = live.nextChange();
    live.write(ON);
    await second;
    expect(told).toBe(1);
    expect(live.lines).toEqual(
      Array(2).fill(expect.stringMatching(/^error gatekeeper: A listener for 'change' threw: /)),
    );
  });
});
