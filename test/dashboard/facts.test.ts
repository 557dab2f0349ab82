import type { FlagInput } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { aVisitor, PlainFlag } from './an-app.js';

const NOW = Date.UTC(2027, 2, 31);

/** What stands in the row of the flag `it`, besides its switch and its explanation. */
async function factsOf(definition: FlagInput): Promise<string> {
  const visitor = await aVisitor({
    gatekeeper: { flags: [], definitions: { flags: { it: definition } }, clock: () => NOW },
  });
  const { text } = await visitor.open();
  const lists = [...text.matchAll(/<ul class="facts".*?<\/ul>/gs)].map(([list]) => list);
  return lists
    .join('')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('the row of a flag', () => {
  it('says what the definition says about it', async () => {
    const facts = { kind: 'experiment', owner: 'payments', expires: '2027-04-01', tags: ['checkout', 'mobile'] };
    expect(await factsOf(facts)).toBe('data experiment owner payments expires 2027-04-01 # tag checkout # tag mobile');
  });

  it('says no more than there is', async () => {
    expect(await factsOf({})).toBe('data');
  });

  it.each([
    ['2027-03-30', true],
    ['2027-03-31', true],
    ['2027-03-31T00:00:01', false],
    ['2027-04-01', false],
  ])('marks an expiry that has come: %s', async (expires, past) => {
    expect((await factsOf({ expires })).endsWith('past')).toBe(past);
  });

  it('tells code from data, and from code that data says something about', async () => {
    const over = { owned: { owner: 'payments' }, off: false, share: 20, listed: [1], unchanged: true };
    const flags = ['plain', ...Object.keys(over)].map((name) => new PlainFlag(name));
    const visitor = await aVisitor({ gatekeeper: { flags, definitions: { flags: { ...over, alone: true } } } });
    const { text } = await visitor.open();
    const sources = text.matchAll(/aria-label="About (\w+)">\s*<li>([a-z ]+)<\/li>/g);
    expect(Object.fromEntries([...sources].map(([, name, source]) => [name, source]))).toEqual({
      plain: 'code',
      unchanged: 'code',
      owned: 'code and data',
      off: 'code and data',
      share: 'code and data',
      listed: 'code and data',
      alone: 'data',
    });
  });

  it('says the kind of a class', async () => {
    class Operated extends PlainFlag {
      override readonly kind = 'ops' as const;
    }
    const visitor = await aVisitor({ gatekeeper: { flags: [new Operated('operated')] } });
    expect((await visitor.open()).text).toContain('<li>ops</li>');
  });
});

describe('a search', () => {
  it.each(['payments', 'ops', 'seasonal'])('finds flags by owner, kind and tag: %s', async (q) => {
    const definitions = { flags: { found: { owner: 'payments', kind: 'ops', tags: ['seasonal'] }, other: true } };
    const visitor = await aVisitor({ gatekeeper: { flags: [], definitions } });
    expect((await visitor.open(`/?q=${q}`)).text).toContain('1 of 2 flag matches');
  });

  it('for a full name has that flag first, however many there are like it', async () => {
    const flags = Array.from({ length: 150 }, (_, i) => new PlainFlag(`a-menu-${i}`));
    const visitor = await aVisitor({ gatekeeper: { flags: [...flags, new PlainFlag('menu')] } });
    const { text } = await visitor.open('/?q=menu');
    expect(/name="flag" value="([^"]+)"/.exec(text)?.[1]).toBe('menu');
  });
});
