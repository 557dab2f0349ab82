import { describe, expect, it } from 'vitest';
import { warningsOf } from '../../src/dashboard/models/warnings.js';
import { editors, fieldsOf, textOf } from './an-editor.js';

const SPLIT = { variants: ['a', 'b', 'c', 'off'], serve: { split: { a: 50, b: 25, c: 25 } } };

describe('the preview of a change', () => {
  it('writes nothing', async () => {
    const { ann, store, gk } = await editors({ stored: { x: 20 } });
    expect((await ann.preview('x', '100')).status).toBe(200);
    expect([await store.revision('default'), gk.for({}).details('x').revision]).toEqual([1, 1]);
  });

  it('says of exactly those people that they gain and lose it who then do', async () => {
    const { ann, origin } = await editors({ stored: { x: 30, y: { prerequisites: { x: 'on' } } }, anonymousId: false });
    const seen = Array.from({ length: 60 }, (_, i) => `user-${i}`);
    const all = async (): Promise<Record<string, string>[]> =>
      Promise.all(seen.map(async (user) => (await fetch(`${origin}/shop?user=${user}`)).json() as never));
    const before = await all();
    const page = await ann.preview('x', '{ serve: { percentage: 30 }, salt: pepper }');
    const [, gain, lose] = /gain it (\d+) lose it (\d+) switch 0/.exec(textOf(page)) ?? [];
    await ann.press(page, 'save', { comment: '!' });
    const after = await all();
    const moved = (flag: string, to: string): number =>
      seen.filter((_, i) => before[i]?.[flag] !== to && after[i]?.[flag] === to).length;
    expect([moved('x', 'on'), moved('x', 'off')]).toEqual([Number(gain), Number(lose)]);
    expect(Number(gain)).toBeGreaterThan(0);
    expect(textOf(page)).toContain(`1 other flag changes because of it y gain it ${gain} lose it ${lose}`);
    expect([moved('y', 'on'), moved('y', 'off')]).toEqual([Number(gain), Number(lose)]);
  });

  it('names some of them, with what they get now and after it, and why', async () => {
    const { ann, origin } = await editors({ stored: { x: ['1'] } });
    for (const user of ['1', '2']) await fetch(`${origin}/shop?user=${user}`);
    const page = await ann.preview('x', "['2']");
    expect(page.text).toContain('href="person?user=2"');
    expect(textOf(page)).toMatch(/user 2 Now .* After Rule listed users matches/);
  });

  it('says so when nobody is remembered', async () => {
    const { ann } = await editors({ stored: { x: 20 }, recentContexts: false });
    expect(textOf(await ann.preview('x', '30'))).toContain('It cannot be told whom this changes');
  });

  it('of a definition that cannot be used is the editor again, with what was typed and what is wrong', async () => {
    const { ann } = await editors({ stored: { x: 20 } });
    for (const yaml of ['serve: MAYBE # mine', 'serve: [unclosed # mine', 'prerequisites: { gone: on } # mine']) {
      const page = await ann.preview('x', yaml);
      expect([page.status, textOf(page)]).toEqual([422, expect.stringContaining('# mine')]);
      expect(page.text).toContain('action="preview"');
    }
  });

  it('leads back to the editor with everything that was typed', async () => {
    const { ann } = await editors({ stored: { x: 20 } });
    const yaml = 'serve: { percentage: 60 } # a remark';
    const page = await ann.preview('x', yaml);
    expect(page.text).toMatch(/<button [^>]*name="back" value="1" formaction="preview" formnovalidate/);
    const back = await ann.press(
      { ...page, text: page.text.replace('action="save"', 'action="preview"') } as never,
      'preview',
      {
        back: '1',
        comment: 'half a thought',
      },
    );
    expect([back.status, textOf(back)]).toEqual([200, expect.stringContaining('# a remark')]);
    expect(fieldsOf(back.text, 'preview')).toMatchObject({ flag: 'x', revision: '1', comment: 'half a thought' });
    const again = await ann.press(back, 'preview');
    expect(fieldsOf(again.text, 'save')['comment']).toBe('half a thought');
  });

  it('of what is there already offers nothing to save', async () => {
    const { ann } = await editors({ stored: { x: { serve: { percentage: 20 }, owner: 'web' } } });
    const page = await ann.preview('x', '{ owner: web, serve: { percentage: 20 } }');
    expect(textOf(page)).toContain('There is nothing to save.');
    expect(page.text).not.toContain('>Save</button>');
  });

  it('takes names and texts for what they are', async () => {
    const evil = '"><script>alert(1)</script>{{7*7}}';
    const { ann } = await editors({ stored: { [evil]: { description: evil, variants: [evil, 'off'] } } });
    const yaml = JSON.stringify({
      description: `${evil}\u2028\u202e`,
      variants: [`${evil}!`, 'off'],
      rules: [{ name: evil, when: { [evil]: evil } }],
    });
    const page = await ann.preview(evil, yaml);
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/<script>alert|49/);
    expect((await ann.press(page, 'save', { comment: evil })).status).toBe(303);
    expect(await ann.stored(evil)).toEqual(JSON.parse(yaml));
  });

  it.each(['flag', 'revision'])('says so when it is not told which %s', async (field) => {
    const { ann } = await editors({ stored: { x: 20 } });
    const page = await ann.post('/preview', { flag: 'x', revision: '1', yaml: '30', [field]: '' });
    expect(page.status).toBe(400);
  });
});

describe('before saving, it warns', () => {
  const said = (before: unknown, after: unknown): string[] =>
    warningsOf('x', before as never, after as never).map(({ tone, text }) => `${tone}: ${text}`);

  it.each([
    [
      'of another salt',
      { serve: { percentage: 20 } },
      { serve: { percentage: 20 }, salt: 'new' },
      /^danger: The salt is another\. Everyone is dealt anew/,
    ],
    [
      'of other buckets',
      20,
      { serve: { percentage: 20 }, bucketBy: 'company' },
      /^danger: Buckets go by company instead of the user/,
    ],
    [
      'of a variant that leaves a split',
      SPLIT,
      { ...SPLIT, serve: { split: { a: 50, b: 50 } } },
      /^danger: “c” is no longer in the split/,
    ],
    ['of a variant that goes', SPLIT, { variants: ['a', 'b', 'off'], serve: 'a' }, /^danger: The variant “c” goes/],
    ['of a lower percentage', 40, 20, /^danger: The percentage goes down from 40 to 20/],
    [
      'of a percentage in the place of everyone',
      { serve: 'on' },
      20,
      /^danger: The percentage goes down from 100 to 20/,
    ],
    [
      'of a lower percentage in a rule',
      { rules: [{ name: 'se', when: {}, serve: { percentage: 9 } }] },
      { rules: [{ name: 'se', when: {}, serve: { percentage: 8 } }] },
      /^danger: The percentage of rule “se” goes down from 9 to 8/,
    ],
    [
      'of a split in the place of a percentage',
      { ...SPLIT, serve: { percentage: 20 } },
      SPLIT,
      /^danger: .*dealt anew/,
    ],
    ['of switching off', true, false, /^danger: This switches the flag off/],
    ['of switching on', false, true, /^note: This switches the flag on/],
    [
      'of rules in another order',
      {
        rules: [
          { name: 'a', when: {} },
          { name: 'b', when: {} },
        ],
      },
      {
        rules: [
          { name: 'b', when: {} },
          { name: 'a', when: {} },
        ],
      },
      /^danger: The rules stand in another order/,
    ],
    ['of a rule that goes', { rules: [{ when: { plan: 'premium' } }] }, { rules: [] }, /^note: Rule 1 goes/],
    [
      'of a kill that stays',
      { killed: true },
      { killed: true, owner: 'web' },
      /^note: The flag is killed and stays so/,
    ],
    ['of another off variant', SPLIT, { ...SPLIT, off: 'a' }, /^note: The off variant is “a” now/],
    ['of what browsers get to see', true, { enabled: true, clientSide: true }, /^note: It is sent to browsers/],
    ['of overrides that count no more', true, { kind: 'permission' }, /^note: Browser overrides of it count no more/],
  ])('%s', (_case, before, after, words) => {
    expect(said(before, after)).toEqual([expect.stringMatching(words)]);
  });

  it.each([
    ['a higher percentage', 20, 40, /^calm: The percentage only grows, from 20 to 40/],
    ['everyone in the place of a percentage', 20, { serve: { percentage: 100 } }, /^calm: .*from 20 to 100/],
  ])('not of %s: that only adds', (_case, before, after, words) => {
    expect(said(before, after)).toEqual([expect.stringMatching(words)]);
  });

  it('in which way people move when weights change', () => {
    expect(said(SPLIT, { ...SPLIT, serve: { split: { a: 40, b: 35, c: 25 } } })).toEqual([
      'note: In the split people move from “a” to “b”, and in no other way.',
    ]);
    expect(said(SPLIT, { ...SPLIT, serve: { split: { a: 2, b: 1, c: 1 } } })).toEqual([]);
  });

  it('of nothing where nothing is different, nothing was there, or what is there cannot be used', () => {
    expect(said(SPLIT, SPLIT)).toEqual([]);
    expect(said(null, SPLIT)).toEqual([]);
    expect(said({ serve: 7 }, 20)).toEqual([]);
    expect(said({ salt: 'a' }, { salt: 'b' })).toEqual([]);
  });
});
