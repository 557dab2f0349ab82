import { describe, expect, it } from 'vitest';
import { aStore, storeWith } from '../a-store.js';
import { printed, typed, typedIn } from '../a-terminal.js';

const FLAGS = {
  dark_mode: true,
  search: {
    serve: { percentage: 20 },
    owner: 'search',
    description: 'The new search, with suggestions while you type',
  },
  gone: { killed: true },
  beta: [1, 2],
  checkout: {
    variants: ['control', 'one_click'],
    rules: [{ when: { plan: 'pro' }, serve: 'one_click' }],
    overrides: { one_click: [42] },
    serve: { split: { control: 50, one_click: 50 } },
  },
  hidden: false,
};

describe('gatekeeper list', () => {
  it('shows the flags to people, in the order of their names', async () => {
    await storeWith(FLAGS, { insiders: [1, 2, 3] });
    const { code, out } = await typed('list');
    expect(code).toBe(0);
    const lines = [
      ['FLAG       STATE   SERVES                                                  OWNER   DESCRIPTION'],
      ['beta       on      1 rule, nobody else'],
      ['checkout   on      1 rule, split control 50 : one_click 50, 1 user pinned'],
      ['dark_mode  on'],
      ['gone       killed'],
      ['hidden     off'],
      [
        'search     on      20%                                                     search  The new search, with suggestions',
        ' while you type',
      ],
      [''],
      ['SEGMENT   USERS'],
      ['insiders  3 users'],
      [''],
      ['6 flags, 1 segment in environment default of flags.db, revision 1'],
    ];
    expect(out).toBe(lines.map((parts) => parts.join('')).join('\n'));
  });

  it.each([40, 60, 100])('fits a terminal %d columns wide', async (width) => {
    await storeWith({ ...FLAGS, 'a-very-long-folder-name/with-a-very-long-flag-name': 20 });
    const { out } = await typedIn({ width }, 'list');
    const lines = out.split('\n').slice(0, -1);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    expect(out).toContain('…');
  });

  it('colours a terminal, and nothing else', async () => {
    await storeWith({ dark_mode: true, gone: { killed: true } });
    const colored = await typedIn({ colors: true }, 'list');
    expect(colored.out).toContain('\u001b[32mon\u001b[0m');
    expect(colored.out).toContain('\u001b[31mkilled\u001b[0m');
    expect((await typed('list')).out).not.toContain('\u001b');
    expect((await typedIn({ colors: true }, 'list', '--json')).out).not.toContain('\u001b');
  });

  it('tells programs all of it', async () => {
    await storeWith(FLAGS, { insiders: [1, 2, 3] });
    expect(await printed('list')).toEqual({
      store: 'flags.db',
      environment: 'default',
      revision: 1,
      flags: FLAGS,
      segments: { insiders: [1, 2, 3] },
    });
  });

  it('says that there is nothing', async () => {
    await aStore();
    expect((await typed('list')).out).toBe('No flags in environment default of flags.db, revision 0');
  });
});

describe('gatekeeper get', () => {
  it('shows a definition, and who changed it last', async () => {
    await storeWith(FLAGS);
    await typed('set', 'search', 'false', '--by', 'ann');
    const { code, out } = await typed('get', 'search');
    expect(code).toBe(0);
    expect(out).toContain('off\nsearch:\n  owner: search\n');
    expect(out).toMatch(/^Environment default of flags\.db, revision 2, last changed \S+Z by ann$/m);
  });

  it('tells programs', async () => {
    await storeWith(FLAGS);
    expect(await printed('get', 'beta')).toEqual({
      store: 'flags.db',
      environment: 'default',
      revision: 1,
      name: 'beta',
      definition: [1, 2],
      lastChange: { revision: 1, at: expect.any(Number), by: 'test', comment: '' },
    });
  });

  it.each([
    ['serach', "There is no flag 'serach'; did you mean 'search'?"],
    ['constructor', "There is no flag 'constructor'."],
  ])('%s says with exit code 4 that there is no such flag', async (name, message) => {
    await storeWith(FLAGS);
    expect(await typed('get', name)).toEqual({ code: 4, out: '', err: message });
  });
});
