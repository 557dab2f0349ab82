import { readFileSync } from 'node:fs';
import { sqliteStore } from 'express-gatekeeper/stores/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { FLAGS_FILE, fillWhenEmpty } from '../../demo-app/flag-store.js';
import { typed } from '../cli/a-terminal.js';
import { aFolder } from '../stores/a-folder.js';
import { FlagsCopy, soon } from './flags-copy.js';
import { openShop } from './visitor.js';

describe('the tour behind the counter', () => {
  it('shows every flag of flags.yaml with its definition, and links each to the dashboard', async () => {
    const { flags } = parse(readFileSync(FLAGS_FILE, 'utf8')) as { flags: Record<string, unknown> };
    const page = await (await openShop()).visitor().page('/tour');
    for (const name of Object.keys(flags)) expect(page).toContain(`${name}:`);
    const linked = [...page.matchAll(/flag-note" href="\/gatekeeper\/\?q=([^"]+)"/g)].map(([, q = '']) =>
      decodeURIComponent(q),
    );
    expect(linked).toEqual(expect.arrayContaining(Object.keys(flags).filter((name) => name !== 'gift/wrap')));
    expect(page).not.toContain('is not in the store');
  });

  it('shows a definition whole, its segment too, and nothing of its neighbours', async () => {
    const page = await (await openShop()).visitor().page('/tour');
    const [, source] = /Source of early-access\/verdigris"><code>([^<]*)/.exec(page) ?? [];
    expect(source?.replaceAll('&#39;', "'")).toBe(
      [
        'early-access/verdigris:',
        "  description: Spring's ink, for people who may see things early",
        '  rules:',
        '    - { name: early access, when: { segment: early-access }, serve: on }',
        '  serve: off',
        '',
        'early-access: { users: [ 1 ], when: { plan: premium } }',
      ].join('\n'),
    );
  });

  it('says what the visitor gets and why, missed rules included', async () => {
    const bruno = await (await openShop()).somebody('Bruno');
    const page = await bruno.page('/tour');
    expect(page).toMatch(/Sweden first does not match: country is &quot;IE&quot;/);
    expect(page).toMatch(/User 2 [^<]*off/);
  });

  it('follows the store', async () => {
    const flags = new FlagsCopy();
    const visitor = (await openShop('development', { store: flags.store })).visitor();
    const variant = async () => /<h3>A percentage<[\s\S]*?class="variant">(\w+)/.exec(await visitor.page('/tour'))?.[1];
    expect(await visitor.page('/tour')).toContain('serve: { percentage: 50 }');
    flags.edit('{ percentage: 50 }', '{ percentage: 0 }');
    await soon(variant).toBe('off');
    flags.edit('{ percentage: 0 }', '{ percentage: 100 }');
    await soon(variant).toBe('on');
    expect(await visitor.page('/tour')).toContain('serve: { percentage: 100 }');
  });

  it('shows what any other store holds, and the command that changes it', async () => {
    const path = `${aFolder()}/marginalia.db`;
    const database = sqliteStore(path);
    onTestFinished(() => database.close());
    await fillWhenEmpty(database, 'default');
    const visitor = (await openShop('production', { store: `sqlite:${path}` })).visitor();
    expect(await visitor.page('/tour')).toContain('{ name: Sweden first, when: { country: SE }, serve: on }');
    await database.apply('default', { flags: { 'theme/dark': { serve: 'on' } } }, { by: 'ann' });
    const page = await visitor.page('/tour');
    expect(page).toContain('theme/dark: { serve: on }');
    expect(page).toContain('<html lang="en" data-theme="dark">');
    expect(page).toContain(`npx gatekeeper set theme/dark on --store sqlite:${path}`);
    expect(page).toContain(`npx gatekeeper import demo-app/flags.yaml --replace --store sqlite:${path}`);
  });

  it('names commands that the command understands', async () => {
    const path = `${aFolder()}/marginalia.db`;
    const database = sqliteStore(path);
    onTestFinished(() => database.close());
    await fillWhenEmpty(database, 'default');
    const page = await (await openShop('production', { store: `sqlite:${path}` })).visitor().page('/tour');
    const commands = [...page.matchAll(/npx gatekeeper ([^<]+)/g)].map(([, words = '']) =>
      [...words.replaceAll('&quot;', '"').matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, quoted, plain]) => quoted ?? plain ?? '',
      ),
    );
    expect(commands).toHaveLength(14);
    for (const words of commands) expect(await typed(...words)).toMatchObject({ code: 0 });
  });
});
