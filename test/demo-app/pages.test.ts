import { describe, expect, it } from 'vitest';
import { openShop } from './visitor.js';

const pages = [
  ['/', 200, 'Paper for people who write in the margins.'],
  ['/products/field-notebook', 200, 'dotted pages'],
  ['/products/brass-ruler', 200, 'Sold out'],
  ['/basket', 200, 'Nothing in it yet'],
  ['/login', 200, 'Log in as Mei'],
  ['/register', 200, 'A customer of your own making'],
  ['/tour', 200, 'The code that decides'],
  ['/nowhere', 404, 'Somebody tore this page out.'],
  ['/products/unicorn', 404, 'Somebody tore this page out.'],
  ['/orders/M-123456', 404, 'Somebody tore this page out.'],
  ['/trouble', 500, 'We knocked over the ink.'],
  ['/products/%E0%A4%A', 400, 'We could not read that.'],
] as const;

describe('the pages of the shop', () => {
  it.each(pages)('%s answers %i and says "%s"', async (path, status, text) => {
    const shop = await openShop();
    const response = await shop.visitor().get(path);
    expect(response.status).toBe(status);
    expect(response.text).toContain(text);
  });

  it.each(pages)('%s asks a flag in its layout and links to the dashboard', async (path) => {
    const shop = await openShop();
    const visitor = shop.visitor();
    expect(await visitor.page(path)).toContain('Free shipping from €60.');
    await visitor.override('FREE_SHIPPING', 'ALWAYS');
    const text = await visitor.page(path);
    expect(text).toContain('Premium: everything ships free.');
    expect(text).toContain('<a href="/gatekeeper">Gatekeeper dashboard</a>');
  });

  it.each(pages)(
    '%s stands under a policy without inline scripts and styles, and has no script but the toolbar’s',
    async (path) => {
      const shop = await openShop();
      const { headers, text } = await shop.visitor().get(path);
      expect(headers['content-security-policy']).toContain("script-src 'self';");
      expect(headers['content-security-policy']).toContain("style-src 'self'");
      expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
      const [before, after] = text.split('<script type="module" src="/gatekeeper/toolbar.js"></script>');
      expect(`${before}${after}`).not.toMatch(/<script|<style|\sstyle=|\son\w+=/i);
    },
  );

  it('serves its pictures and styles without a session', async () => {
    const shop = await openShop();
    const { status, headers } = await shop.visitor().get('/static/products/field-notebook.svg');
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('image/svg+xml');
    expect(headers['set-cookie']).toBeUndefined();
  });
});
