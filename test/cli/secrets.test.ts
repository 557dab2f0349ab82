import { expect, it, vi } from 'vitest';
import { workIn } from '../stores/a-folder.js';
import { typed } from './a-terminal.js';

const long = 'x'.repeat(100);

it.each([
  ['an unknown kind of store', ['list', '--store', 'mongo://ann:geheim@host/db']],
  ['a long URL', ['list', '--store', `mongo://ann:geheim${long}@host/db`]],
  ['a password with odd characters', ['list', '--store', 'mongo://ann:ge/he:im@geheim@host/db']],
  ['a password that tears a URL apart', ['list', '--store', 'postgres://ann:p@ss/geheim@127.0.0.1:1/db']],
  ['a URL without slashes', ['list', '--store', 'redis::geheim@127.0.0.1:1']],
  ['a URL without a colon', ['list', '--store', 'redis//ann:geheim@127.0.0.1:1']],
  ['a password in the place of the user', ['list', '--store', 'redis://geheim/geheim@127.0.0.1:1']],
  ['a URL with a blank', ['list', '--store', 'http://ann:ge geheim@host/db']],
  ['a user without a name', ['list', '--store', 'mongo://:geheim@host/db']],
  ['a password as a parameter', ['list', '--store', 'mongo://host/db?user=ann&password=geheim']],
  ['a server that is not there', ['list', '--store', 'postgres://ann:geheim@127.0.0.1:1/db']],
  ['another server that is not there', ['list', '--store', 'redis://ann:geheim@127.0.0.1:1']],
  ['a URL that is no URL', ['list', '--store', 'postgres://ann:geheim@:::/db']],
  ['a URL in the wrong place', ['list', 'a', 'postgres://ann:geheim@127.0.0.1/db']],
  ['a URL as an option', ['list', '--postgres://ann:geheim@127.0.0.1/db']],
  ['a URL as a verb', ['postgres://ann:geheim@127.0.0.1/db']],
])('a password is never shown: %s', { timeout: 20_000 }, async (_what, words) => {
  workIn({});
  const { code, out, err } = await typed(...words);
  expect(code).toBeGreaterThan(0);
  expect(err).not.toBe('');
  expect(out + err).not.toContain('geheim');
});

it('a password in GATEKEEPER_STORE is never shown', async () => {
  workIn({});
  vi.stubEnv('GATEKEEPER_STORE', 'mongo://ann:geheim@host/db');
  const { code, err } = await typed('list');
  vi.unstubAllEnvs();
  expect([code, err]).toEqual([2, expect.stringContaining('mongo://ann:***@host/db')]);
});
