import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { aStore } from './a-store.js';
import { typed, typedIn } from './a-terminal.js';

/** Clears a terminal, retitles it, rings, breaks the line, turns the direction of writing. */
const EVIL = '\u001b[2J\u001b]0;title\u0007\r\n\u009b31m\u007f\u202egnp.exe\u2028';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through.
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/;

async function hostileStore() {
  const flags = { [`a${EVIL}`]: true, search: { description: EVIL, owner: EVIL, variants: ['x', EVIL] } };
  const store = await aStore({ default: { flags, segments: { [`s${EVIL}`]: [EVIL], beta: { users: [EVIL] } } } });
  await store.apply('default', { flags: { search: { description: EVIL } } }, { by: EVIL, comment: EVIL });
  await store.apply(`staging${EVIL}`, { flags: { search: 1 } }, { by: EVIL });
  return store;
}

describe('what others have written never speaks to a terminal', () => {
  it.each([
    [['list']],
    [['list', '--json']],
    [['get', 'search']],
    [['get', `a${EVIL}`]],
    [['get', 'search', '--json']],
    [['get', `nope${EVIL}`]],
    [['history']],
    [['history', '--json']],
    [['export']],
    [['export', '--json']],
    [['set', 'search', 'true']],
    [['set', 'search', 'true', '--env', 'default', '--comment', EVIL]],
    [['set', EVIL, 'true', '--env', 'default']],
    [['set', 'search', EVIL, '--env', 'default']],
    [['kill', 'search', '--reason', EVIL, '--env', 'default', '--json']],
    [['join', `s${EVIL}`, EVIL, '--env', 'default']],
    [['diff', '--from', 'default', '--to', `staging${EVIL}`]],
    [['diff', '--from', EVIL, '--to', 'default']],
    [['copy', '--from', 'default', '--to', `staging${EVIL}`, '--yes']],
    [[EVIL]],
    [['list', `--${EVIL}`]],
    [['list', '--store', `file:${EVIL}`]],
    [['list', '--store', EVIL]],
  ])('with %j', async (words) => {
    await hostileStore();
    const { out, err } = await typed(...words);
    expect(out + err).not.toMatch(RAW);
    expect(out + err).not.toBe('');
  });

  it('also not by import', async () => {
    await hostileStore();
    const input = JSON.stringify({ flags: { [EVIL]: EVIL, [`b${EVIL}`]: true } });
    const { out, err } = await typedIn({ input }, 'import', '-', '--env', 'default');
    expect(out + err).not.toMatch(RAW);
  });
});

it('environments that others have named are told on one line', async () => {
  await hostileStore();
  for (const words of [
    ['list', '--env', 'nope'],
    ['set', 'search', 'true'],
    ['diff', '--from', 'nope', '--to', 'default'],
  ]) {
    const { err } = await typed(...words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toContain('staging');
  }
});

it('what is escaped for terminals reads back as it was', async () => {
  const store = await hostileStore();
  const { flags, segments } = await store.load('default');
  const asYaml: unknown = parse((await typed('export')).out);
  const asJson: unknown = JSON.parse((await typed('export', '--json')).out);
  for (const exported of [asYaml, asJson]) expect(exported).toEqual({ flags: { ...flags }, segments: { ...segments } });
});
