import { describe, expect, it } from 'vitest';
import { FlagsCopy, soon } from './flags-copy.js';
import { openShop } from './visitor.js';

describe('the log', () => {
  it('says what was asked and answered, and not for whom', async () => {
    const shop = await openShop();
    await shop.visitor().get('/nowhere');
    expect(shop.log).toEqual(['info  GET /nowhere 404']);
  });

  it('says what failed', async () => {
    const shop = await openShop();
    await shop.visitor().get('/trouble');
    expect(shop.log[0]).toContain('error GET /trouble failed: Error: The ink was knocked over');
  });

  it('follows the flag log/level while the shop runs, up and down', async () => {
    const flags = new FlagsCopy();
    const shop = await openShop('development', { store: flags.store });
    const visitor = await shop.somebody('Bruno');

    flags.edit('serve: info', 'serve: debug');
    await soon(() => shop.log).toContain('info  flags changed: log/level');
    await visitor.get('/basket');
    expect(shop.log.at(-2)).toBe('info  GET /basket 200');
    expect(shop.log.at(-1)).toMatch(/^debug {3}for Bruno Okafor, in [\d.]+ ms$/);

    flags.edit('serve: debug', 'serve: error');
    const lines = async (): Promise<number> => {
      const before = shop.log.length;
      await visitor.get('/basket');
      return shop.log.length - before;
    };
    await soon(lines).toBe(0);
    await visitor.get('/trouble');
    expect(shop.log.at(-1)).toContain('error GET /trouble failed');
  });

  it('takes its level from everyone’s flags: one browser cannot make the shop talk', async () => {
    const shop = await openShop();
    const visitor = shop.visitor();
    await visitor.override('log/level', 'debug');
    await visitor.get('/');
    expect(shop.log.filter((line) => line.startsWith('debug'))).toEqual([]);
  });
});
