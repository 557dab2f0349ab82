import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { typed } from '../cli/a-terminal.js';
import { FlagsCopy, soon } from './flags-copy.js';
import { openShop } from './visitor.js';

describe('flags.yaml', () => {
  it('lays data over a class: a kill switch for the one-click button, route included', async () => {
    const flags = new FlagsCopy();
    const shop = await openShop('production', { store: flags.store });
    const ada = await shop.somebody('Ada');
    expect(await ada.page('/products/letter-set')).toContain('Buy now with one click');
    flags.edit('# EXPRESS_CHECKOUT', 'EXPRESS_CHECKOUT');
    await soon(() => ada.page('/products/letter-set')).not.toContain('Buy now with one click');
    expect((await ada.post('/express-checkout', { slug: 'letter-set' })).status).toBe(404);
  });

  it('may be broken for a while: the shop goes on with what it had, and says once what is wrong where', async () => {
    const flags = new FlagsCopy();
    const shop = await openShop('production', { store: flags.store });
    const ada = await shop.somebody('Ada');
    flags.edit('flags:\n', 'flags: [\n');
    await soon(() => shop.log.filter((line) => line.startsWith('error'))).toHaveLength(1);
    expect(shop.log.at(-1)).toMatch(/flags\.yaml cannot be parsed: .*line \d+.* The last good flags stay in use\./);
    expect(await ada.page('/')).toContain('data-theme="dark"');
    flags.edit('flags: [\n', 'flags:\n');
    await soon(() => shop.log.at(-1)).toContain('can be read again');
  });

  it('may hold one flag that makes no sense: the others stay, the file and line are named', async () => {
    const flags = new FlagsCopy();
    const shop = await openShop('production', { store: flags.store });
    const ada = await shop.somebody('Ada');
    flags.edit('gift/wrap: true', 'gift/wrap: tru');
    await soon(() => shop.log.join('\n')).toMatch(/flags\.yaml:\d+: Flag "gift\/wrap"/);
    expect(await ada.page('/')).toContain('data-theme="dark"');
  });

  it('may be gone: the shop, and the page that shows what is in it, go on', async () => {
    const flags = new FlagsCopy();
    const shop = await openShop('production', { store: flags.store });
    const ada = await shop.somebody('Ada');
    rmSync(flags.path);
    await soon(() => shop.log.join('\n')).toContain('Cannot read the flags');
    const page = await ada.page('/tour');
    expect(page).toContain('data-theme="dark"');
    expect(page).toContain('# The store cannot be read just now.');
  });

  it('is what gatekeeper-flags.d.ts was written from', async () => {
    const out = 'demo-app/gatekeeper-flags.d.ts';
    const types = await typed('types', '--store', 'file:demo-app/flags.yaml', '--out', out, '--check');
    expect(types).toEqual({ code: 0, out: `${out} is up to date.`, err: '' });
  });
});
