import type { Definitions } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { aVisitor } from './an-app.js';

/** The page as user 42 from Germany sees it, in words, each element on a line of its own. */
async function pageOf(flags: Definitions['flags']): Promise<{ readonly html: string; readonly words: string }> {
  const visitor = await aVisitor({
    gatekeeper: {
      flags: [],
      definitions: { flags },
      userId: () => 42,
      attributes: () => ({ country: 'DE', company: { id: 'acme' } }),
    },
  });
  const { text } = await visitor.open();
  const words = text
    .replace(/<\/?(bdi|span|strong)[^>]*>/g, '')
    .replace(/<[^>]+>/g, '\n')
    .replace(/\s*\n\s*/g, '\n')
    .replaceAll('&quot;', '"');
  return { html: text, words };
}

describe('the explanation on the page', () => {
  it('names each rule that was asked, with the condition that failed, up to the one that decided', async () => {
    const { words } = await pageOf({
      'express-pay': {
        rules: [
          { name: 'staff', when: { email: '*@company.com' } },
          { name: 'Nordic', when: { country: ['SE', 'NO'] } },
          { name: 'Germany', when: { country: 'DE' }, serve: 'on' },
          { name: 'never asked', when: { country: 'DE' } },
        ],
      },
    });
    expect(words).toMatch(/\nRule staff\nNo match: there is no email\.\n/);
    expect(words).toMatch(/\nRule Nordic\nNo match: country is "DE".*"SE".*\n/);
    expect(words).toMatch(/\nRule Germany\nRule Germany matches\..*on\. decided\n/);
    expect(words).not.toContain('never asked');
  });

  it('draws a percentage as a line with its cut and the bucket, and says the numbers', async () => {
    const { html, words } = await pageOf({ new_search: 20 });
    expect(html).toMatch(
      /<svg class="bar"[^>]*aria-hidden="true"[^>]*>\s*<rect class="band" x="0%"[^>]*width="20%"[^>]*><\/rect>\s*<rect class="band band-chosen" x="20%"[^>]*width="80%"[^>]*><\/rect>\s*<circle class="needle" cx="33.7077%"/,
    );
    expect(words).toMatch(/\non 0–20 %\noff 20–100 % \(this browser\)\n/);
    expect(words).toMatch(/\nBucket\n33.7077 %\nUser id\n42\nSalt\nnew_search\n/);
  });

  it('draws a split as segments by weight', async () => {
    const { html, words } = await pageOf({
      pay: { variants: ['card', 'wallet', 'off'], salt: 'p-1', serve: { split: { card: 1, wallet: 3 } } },
    });
    expect(html.match(/<rect class="band/g)).toHaveLength(2);
    expect(html).not.toContain('<circle');
    expect(words).toMatch(/\ncard 25 %.*\nwallet 75 %.*\n/);
    expect(words).toMatch(/\nUser id\n42\nSalt\np-1\n/);
  });

  it('draws the bucket of a rule in that rule, and names the attribute it goes by', async () => {
    const rules = [{ name: 'Germany', when: { country: 'DE' }, serve: { percentage: 50 } }];
    const { words } = await pageOf({ pay: { bucketBy: 'company.id', rules } });
    expect(words).toMatch(/\nRule Germany\nRule Germany matches[^\n]*\n(.*\n)*company.id\nacme\nSalt\npay\n/);
  });

  it('draws nothing where no bucket decided', async () => {
    expect((await pageOf({ plain: true, listed: [1, 2], none: 0, all: 100 })).html).not.toContain('<figure');
  });

  it('needs no style but the stylesheet', async () => {
    expect((await pageOf({ new_search: 20 })).html).not.toMatch(/\sstyle=|<style/);
  });
});
