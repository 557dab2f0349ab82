import { describe, expect, it } from 'vitest';
import { aVisitor, EXPRESSES, MOUNTS } from './an-app.js';

const LINK = '/share?flag=checkout%2Fexpress-pay&variant=wallet';

describe.each(EXPRESSES)('a link to share, in %s', (_name, express) => {
  it.each(MOUNTS)('is on the page, and offers the variant (mounted at %j)', async (mount) => {
    const visitor = await aVisitor({ express, mount });
    expect((await visitor.open()).text).toContain(`href="${LINK.slice(1).replace('&', '&amp;')}"`);
    const offer = await visitor.open(LINK);
    expect(offer.text).toMatch(/<form class="actions" method="post" action="override">.*value="wallet"/s);
    const token = /name="token" value="([^"]+)"/.exec(offer.text)?.[1] ?? '';
    const taken = await visitor.post('/override', { flag: 'checkout/express-pay', variant: 'wallet', token });
    expect(taken.headers['location']).toMatch(/^\.\/\?done=set&flag=checkout%2Fexpress-pay#/);
    expect((await visitor.shop())['checkout/express-pay']).toBe('wallet');
  });
});

describe('a link to share', () => {
  it('carries no authority: opening it changes nothing', async () => {
    const visitor = await aVisitor();
    await visitor.open(LINK);
    expect((await visitor.shop())['checkout/express-pay']).toBe('control');
  });

  it('is closed to somebody who may only look', async () => {
    const visitor = await aVisitor({ options: { authorize: () => ({ by: 'bob', can: ['view'] }) } });
    const { status, text } = await visitor.open(LINK);
    expect([status, text]).toEqual([403, expect.stringContaining('You may not set overrides')]);
  });

  it('has no button for what is set already', async () => {
    const visitor = await aVisitor();
    await visitor.set('checkout/express-pay', 'wallet');
    const { text } = await visitor.open(LINK);
    expect(text).toContain('set to it already');
    expect(text).not.toContain('<button');
  });

  it.each([
    ['to an unknown flag', '/share?flag=gone&variant=on', 404, 'checkout/express-pay'],
    ['to an unknown variant', '/share?flag=MY_NEW_FEATURE&variant=on', 404, 'NOT_VISIBLE'],
    ['to no flag', '/share?variant=on', 400, 'which flag'],
    ['to no variant', '/share?flag=MY_NEW_FEATURE', 400, 'which variant'],
    ['to an inherited property', '/share?flag=__proto__&variant=x', 404, 'MY_NEW_FEATURE'],
  ])('%s says what there is', async (_case, path, status, words) => {
    const visitor = await aVisitor();
    const response = await visitor.open(path);
    expect([response.status, response.text]).toEqual([status, expect.stringContaining(words)]);
  });

  it('to an unknown flag names no more flags than a person reads', async () => {
    const { PlainFlag } = await import('./an-app.js');
    const flags = Array.from({ length: 60 }, (_, i) => new PlainFlag(`flag-${String(i).padStart(2, '0')}`));
    const visitor = await aVisitor({ gatekeeper: { flags } });
    const { text } = await visitor.open('/share?flag=gone&variant=on');
    expect(text).toContain('The first 50 of 60 flags');
    expect(text).toContain('flag-49');
    expect(text).not.toContain('flag-50');
  });
});
