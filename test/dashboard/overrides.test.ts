import cookieParser from 'cookie-parser';
import express, { type RequestHandler } from 'express';
import { gatekeeper } from 'express-gatekeeper';
import session from 'express-session';
import { describe, expect, it } from 'vitest';
import { aVisitor, EXPRESSES, FLAGS, MOUNTS, PlainFlag, silent } from './an-app.js';

const SURROUNDINGS: readonly (readonly [string, readonly RequestHandler[]])[] = [
  ['nothing else', []],
  ['cookie-parser', [cookieParser('another secret')]],
  ['express-session', [session({ secret: 'yet another', resave: false, saveUninitialized: true })]],
  ['a form parser', [express.urlencoded({ extended: true })]],
  ['a simple form parser', [express.urlencoded({ extended: false })]],
  ['a parser of other bodies', [express.json(), express.text()]],
  ['a parser that takes forms as text', [express.text({ type: '*/*' })]],
  ['a parser that takes forms as bytes', [express.raw({ type: '*/*' })]],
];

describe.each(EXPRESSES)('overrides, in %s', (_name, express) => {
  describe.each(MOUNTS)('mounted at %j', (mount) => {
    it('are set, cleared, and cleared all, for this browser alone', async () => {
      const visitor = await aVisitor({ express, mount });
      const set = await visitor.set('MY_NEW_FEATURE', 'VISIBLE');
      expect([set.status, set.headers['location']]).toEqual([
        303,
        expect.stringMatching(/^\.\/\?done=set&flag=MY_NEW_FEATURE#f-/),
      ]);
      await visitor.set('checkout/express-pay', 'wallet');
      expect(await visitor.shop()).toEqual({ MY_NEW_FEATURE: 'VISIBLE', 'checkout/express-pay': 'wallet' });
      expect(await (await fetch(`${visitor.origin}/shop`)).json()).toEqual({
        MY_NEW_FEATURE: 'NOT_VISIBLE',
        'checkout/express-pay': 'control',
      });

      const cleared = await visitor.set('MY_NEW_FEATURE', '');
      expect(cleared.headers['location']).toMatch(/^\.\/\?done=cleared&flag=MY_NEW_FEATURE#f-/);
      expect(await visitor.shop()).toEqual({ MY_NEW_FEATURE: 'NOT_VISIBLE', 'checkout/express-pay': 'wallet' });

      await visitor.set('MY_NEW_FEATURE', 'VISIBLE');
      const all = await visitor.post('/clear-all', {});
      expect([all.status, all.headers['location']]).toEqual([303, './?done=cleared-all']);
      expect(await visitor.shop()).toEqual({ MY_NEW_FEATURE: 'NOT_VISIBLE', 'checkout/express-pay': 'control' });
    });
  });

  it.each(SURROUNDINGS)('work beside %s', async (_case, before) => {
    const visitor = await aVisitor({ express, before });
    expect((await visitor.set('checkout/express-pay', 'card')).status).toBe(303);
    expect((await visitor.shop())['checkout/express-pay']).toBe('card');
  });

  it('work without app.use(gk)', async () => {
    const visitor = await aVisitor({ express, useGatekeeper: false });
    expect((await visitor.set('MY_NEW_FEATURE', 'VISIBLE')).status).toBe(303);
    expect((await visitor.shop())['MY_NEW_FEATURE']).toBe('VISIBLE');
  });
});

describe('beside another gatekeeper', () => {
  it('the dashboard shows and changes the flags of its own', async () => {
    const other = gatekeeper({ flags: [new PlainFlag('FLAG_OF_ANOTHER')], logger: silent });
    const visitor = await aVisitor({ useGatekeeper: false, before: [other] });
    const { text } = await visitor.open();
    expect(text).toContain('MY_NEW_FEATURE');
    expect(text).not.toContain('FLAG_OF_ANOTHER');
    expect((await visitor.set('MY_NEW_FEATURE', 'VISIBLE')).status).toBe(303);
  });
});

describe('a change', () => {
  it.each([
    ['an unknown flag', { flag: 'MY_OLD_FEATURE', variant: 'VISIBLE' }, 404, 'checkout/express-pay'],
    ['an unknown variant', { flag: 'MY_NEW_FEATURE', variant: 'LOUD' }, 404, 'NOT_VISIBLE'],
    ['no flag', { variant: 'VISIBLE' }, 400, 'which flag'],
    ['no variant', { flag: 'MY_NEW_FEATURE' }, 400, 'which variant'],
    ['the name of an inherited property', { flag: 'constructor', variant: 'name' }, 404, 'MY_NEW_FEATURE'],
  ])('of %s says what is wrong and what there is', async (_case, fields, status, words) => {
    const visitor = await aVisitor();
    const response = await visitor.post('/override', fields as never);
    expect([response.status, response.text]).toEqual([status, expect.stringContaining(words)]);
    expect(await visitor.shop()).toEqual({ MY_NEW_FEATURE: 'NOT_VISIBLE', 'checkout/express-pay': 'control' });
  });

  it('of a flag that takes no overrides is refused, and the page has no button for it', async () => {
    class Permission extends PlainFlag {
      override readonly kind = 'permission' as const;
    }
    const visitor = await aVisitor({ gatekeeper: { flags: [new Permission('MAY_PAY'), ...FLAGS] } });
    expect((await visitor.open('/?q=MAY_PAY')).text).not.toContain('value="VISIBLE"');
    const response = await visitor.set('MAY_PAY', 'VISIBLE');
    expect([response.status, response.text]).toEqual([403, expect.stringContaining('takes no overrides')]);
  });

  it('is refused where the app admits nobody', async () => {
    let admitted = true;
    const visitor = await aVisitor({ gatekeeper: { browserOverrides: { secret: 'a secret', allow: () => admitted } } });
    const token = await visitor.token();
    admitted = false;
    const response = await visitor.post('/override', { flag: 'MY_NEW_FEATURE', variant: 'VISIBLE', token });
    expect([response.status, response.text]).toEqual([403, expect.stringContaining('not open to this browser')]);
  });

  it('too many for a cookie is refused with a word on what helps', async () => {
    const flags = Array.from({ length: 60 }, (_, i) => new PlainFlag(`${'long'.repeat(20)}/${i}`));
    const visitor = await aVisitor({ gatekeeper: { flags } });
    let response = await visitor.set(flags[0]?.flagName ?? '', 'VISIBLE');
    for (let i = 1; i < 60 && response.status === 303; i += 1) {
      response = await visitor.set(flags[i]?.flagName ?? '', 'VISIBLE');
    }
    expect([response.status, response.text]).toEqual([409, expect.stringContaining('Clear some first')]);
    expect((await visitor.open()).status).toBe(200);
  });

  it('leads back to the search and the page it was made on', async () => {
    const visitor = await aVisitor();
    const fields = { flag: 'MY_NEW_FEATURE', variant: 'VISIBLE', q: 'a&b#c', page: '2' };
    const { headers } = await visitor.post('/override', fields);
    expect(headers['location']).toMatch(/^\.\/\?done=set&flag=MY_NEW_FEATURE&q=a%26b%23c&page=2#f-[\w-]+$/);
  });
});

describe('what the page says', () => {
  it('after setting: so, in a banner that stays while the override does', async () => {
    const visitor = await aVisitor();
    await visitor.set('checkout/express-pay', 'wallet');
    const note = await visitor.open('/?done=set&flag=checkout%2Fexpress-pay');
    expect(note.text).toMatch(/role="status".*express-pay.*is set to.*wallet/s);
    expect(note.text).toContain('href="share?flag=checkout%2Fexpress-pay&amp;variant=wallet">Link to share');
    const later = await visitor.open();
    expect(later.text).toContain('1 override in this browser');
    expect(later.text).not.toContain('role="status"');
    expect(later.text).toContain('This browser is set to wallet.');
    await visitor.post('/clear-all', {});
    expect((await visitor.open('/?done=cleared-all')).text).toMatch(/role="status".*All overrides/s);
  });

  it('after setting, when the browser dropped the cookie: so', async () => {
    const visitor = await aVisitor();
    const { text } = await visitor.open('/?done=set&flag=MY_NEW_FEATURE');
    expect(text).toMatch(/role="status".*did not keep its cookie/s);
  });

  it.each([
    'done=set&flag=NO_SUCH',
    'done=cleared&flag=NO_SUCH',
    'done=%3Cb%3E',
    'done=constructor&flag=MY_NEW_FEATURE',
    'flag=MY_NEW_FEATURE',
  ])('to a link with ?%s: nothing', async (query) => {
    const visitor = await aVisitor();
    expect((await visitor.open(`/?${query}`)).text).not.toContain('role="status"');
  });

  it('never what is not so', async () => {
    const visitor = await aVisitor();
    await visitor.set('MY_NEW_FEATURE', 'VISIBLE');
    for (const query of ['done=cleared-all', 'done=cleared&flag=MY_NEW_FEATURE']) {
      expect((await visitor.open(`/?${query}`)).text).not.toContain('role="status"');
    }
  });
});
