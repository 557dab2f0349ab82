import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, vi } from 'vitest';
import { aFlag } from '../evaluation/a-flag.js';
import { aLiveFile } from './a-live-file.js';

const ON = 'flags:\n  dark_mode: true\n  other: 20\n';
const OFF = 'flags:\n  dark_mode: false\n  other: 20\n';
const BROKEN = 'flags:\n  dark_mode: [1, 2\n';

/** Long enough for a loaded machine; what is waited for takes well under a second. */
const PATIENCE = { timeout: 4000, interval: 20 };

// Each waits for a look at its own file: beside each other they take no longer than one.
describe.concurrent('live reload:', () => {
  describe('an edit of the flags file is in use while the app runs', () => {
    it('when it is made in place', async ({ expect, onTestFinished }) => {
      const live = aLiveFile(ON, onTestFinished);
      expect(live.gk.for().isEnabled('dark_mode')).toBe(true);
      const change = live.nextChange();
      live.write(OFF);
      expect((await change).flags).toEqual(['dark_mode']);
      expect(live.gk.for().isEnabled('dark_mode')).toBe(false);
      expect(live.gk.health()).toEqual({ status: 'ready', problems: [] });
      expect(live.lines).toEqual([]);
    });

    it('when a new file is renamed over it, again and again', async ({ expect, onTestFinished }) => {
      const live = aLiveFile(ON, onTestFinished);
      for (const [content, enabled] of [
        [OFF, false],
        [ON, true],
      ] as const) {
        const change = live.nextChange();
        live.replace(content);
        await change;
        expect(live.gk.for().isEnabled('dark_mode')).toBe(enabled);
      }
    });

    it('when the folder it is linked from is swapped, as for a ConfigMap', async ({ expect, onTestFinished }) => {
      const live = aLiveFile('', onTestFinished, {}, (folder) => {
        for (const [version, content] of Object.entries({ v1: ON, v2: OFF })) {
          mkdirSync(join(folder, version));
          writeFileSync(join(folder, version, 'flags.yaml'), content);
        }
        symlinkSync('v1', join(folder, '..data'));
        symlinkSync('..data/flags.yaml', join(folder, 'flags.yaml'));
      });
      expect(live.gk.for().isEnabled('dark_mode')).toBe(true);
      const change = live.nextChange();
      symlinkSync('v2', join(live.folder, '..data.new'));
      renameSync(join(live.folder, '..data.new'), join(live.folder, '..data'));
      await change;
      expect(live.gk.for().isEnabled('dark_mode')).toBe(false);
    });

    it('over classes, whose code goes on deciding about the rest', async ({ expect, onTestFinished }) => {
      const flags = ['ONE', 'TWO'].map((flagName) => aFlag({ flagName, pickVariant: () => 'ON' }));
      const live = aLiveFile('flags: {}\n', onTestFinished, { flags });
      expect({ ...live.gk.for().all() }).toEqual({ ONE: 'ON', TWO: 'ON' });
      const change = live.nextChange();
      live.write('flags: { ONE: { killed: true } }\n');
      await change;
      expect({ ...live.gk.for().all() }).toEqual({ ONE: 'OFF', TWO: 'ON' });
    });

    it('for readers made afterwards; one made before sees what it saw', async ({ expect, onTestFinished }) => {
      const live = aLiveFile(ON, onTestFinished);
      const before = live.gk.for();
      const { revision } = before.details('dark_mode');
      const change = live.nextChange();
      live.write(OFF);
      expect((await change).revision).toBeGreaterThan(revision);
      expect([before.isEnabled('dark_mode'), live.gk.for().isEnabled('dark_mode')]).toEqual([true, false]);
      expect(live.gk.for().details('dark_mode').revision).toBe((await change).revision);
    });
  });

  describe('a file that cannot be read', () => {
    it('leaves the last good flags in use, says so once, and is in use again once mended', async ({
      expect,
      onTestFinished,
    }) => {
      const live = aLiveFile(ON, onTestFinished);
      live.write(BROKEN);
      await vi.waitFor(() => expect(live.lines).toHaveLength(1), PATIENCE);
      expect(live.lines[0]).toMatch(/^error gatekeeper: .*flags\.yaml cannot be parsed: .* at line 3/);
      expect(live.lines[0]).toContain('The last good flags stay in use.');
      expect(live.gk.for().details('dark_mode')).toMatchObject({ variant: 'on', stale: true });
      expect(live.gk.health()).toEqual({
        status: 'stale',
        cause: expect.stringContaining('cannot be parsed'),
        since: expect.any(Number),
        problems: [],
      });
      const change = live.nextChange();
      live.write(OFF);
      expect((await change).flags).toEqual(['dark_mode']);
      expect(live.gk.for().details('dark_mode')).toMatchObject({ variant: 'off', stale: false });
      expect(live.gk.health()).toEqual({ status: 'ready', problems: [] });
      expect(live.lines.slice(1)).toEqual([expect.stringMatching(/^info gatekeeper: .*flags\.yaml can be read again/)]);
    });

    it('may be deleted and brought back', async ({ expect, onTestFinished }) => {
      const live = aLiveFile(ON, onTestFinished);
      rmSync(live.path);
      await vi.waitFor(() => expect(live.gk.health().status).toBe('stale'), PATIENCE);
      expect(live.gk.health().cause).toMatch(/Cannot read the flags in .*flags\.yaml: ENOENT/);
      expect(live.gk.for().isEnabled('dark_mode')).toBe(true);
      live.write(ON);
      await vi.waitFor(() => expect(live.gk.health().status).toBe('ready'), PATIENCE);
      expect(live.changes).toEqual([]);
      expect(live.lines.map((line) => line.split(' ')[0])).toEqual(['error', 'info']);
    });

    it('is one that was emptied: more likely a full disk than the wish to have no flags', async ({
      expect,
      onTestFinished,
    }) => {
      const live = aLiveFile(ON, onTestFinished);
      live.write('');
      await vi.waitFor(() => expect(live.gk.health().status).toBe('stale'), PATIENCE);
      expect(live.gk.health().cause).toMatch(/flags\.yaml is empty; write `flags: \{\}` to have no flags/);
      expect(live.gk.for().isEnabled('dark_mode')).toBe(true);
      const change = live.nextChange();
      live.write('flags: {}\n');
      expect((await change).flags).toEqual(['dark_mode', 'other']);
      expect({ ...live.gk.for().all() }).toEqual({});
    });

    it('may have become a folder', async ({ expect, onTestFinished }) => {
      const live = aLiveFile(ON, onTestFinished);
      rmSync(live.path);
      mkdirSync(live.path);
      await vi.waitFor(() => expect(live.gk.health().cause).toContain('it is not a file'), PATIENCE);
      expect(live.gk.for().isEnabled('dark_mode')).toBe(true);
    });

    it('is told again when it is wrong in another way, not when it is wrong in the same', async ({
      expect,
      onTestFinished,
    }) => {
      const live = aLiveFile(ON, onTestFinished, { clock: () => 7 });
      live.write(BROKEN);
      await vi.waitFor(() => expect(live.gk.health().status).toBe('stale'), PATIENCE);
      live.replace(BROKEN);
      live.write('flags: 7\n');
      await vi.waitFor(() => expect(live.gk.health().cause).toContain('has no map under flags'), PATIENCE);
      expect(live.lines).toHaveLength(2);
      expect(live.gk.health().since).toBe(7);
    });
  });

  describe('an edit that breaks one flag', () => {
    it('is in use for all the others, and says which is not', async ({ expect, onTestFinished }) => {
      const live = aLiveFile(ON, onTestFinished);
      const change = live.nextChange();
      live.write('flags:\n  dark_mode: { enabeld: true }\n  other: 100\n');
      expect((await change).flags).toEqual(['dark_mode', 'other']);
      expect({ ...live.gk.for().all() }).toEqual({ dark_mode: 'off', other: 'on' });
      expect(live.gk.for().details('dark_mode')).toMatchObject({
        reason: 'ERROR',
        errorCode: 'PARSE_ERROR',
        stale: false,
      });
      expect(live.gk.health()).toMatchObject({
        status: 'degraded',
        cause: expect.stringMatching(/flags\.yaml:2: Flag "dark_mode" has the unknown key "enabeld"/),
        problems: [{ kind: 'flag', name: 'dark_mode', message: expect.stringContaining('did you mean') }],
      });
      expect(live.lines).toEqual([expect.stringMatching(/^error gatekeeper: .*enabeld.*Until then it is not used\.$/)]);
      const mended = live.nextChange();
      live.write(ON);
      await mended;
      expect(live.gk.health().status).toBe('ready');
    });

    it('is told again when the same is broken a second time', async ({ expect, onTestFinished }) => {
      const live = aLiveFile(ON, onTestFinished);
      for (const content of ['flags: { dark_mode: maybe }\n', ON, 'flags: { dark_mode: maybe }\n']) {
        const change = live.nextChange();
        live.write(content);
        await change;
      }
      expect(live.lines).toHaveLength(2);
    });
  });

  it('after close() nothing is read any more', async ({ expect, onTestFinished }) => {
    const [closed, open] = [aLiveFile(ON, onTestFinished), aLiveFile(ON, onTestFinished)];
    await closed.gk.close();
    const change = open.nextChange();
    closed.write(OFF);
    open.write(OFF);
    await change;
    const again = open.nextChange();
    open.write(ON);
    await again;
    expect(closed.changes).toEqual([]);
    expect(closed.gk.for().isEnabled('dark_mode')).toBe(true);
  });
});
