import { join } from 'node:path';
import { sqliteStore } from 'express-gatekeeper/stores/sqlite';
import { describe, expect, it } from 'vitest';
import { aFolder } from '../stores/a-folder.js';
import { aShelf, NOON, textOf } from './a-shelf.js';
import { PlainFlag } from './an-app.js';

const at = (minute: number): string => new Date(NOON + minute * 60_000).toISOString();

/** What a page says about a flag. */
function answerIn(html: string): string | undefined {
  return /class="then-variant[^"]*">([^<]+)</.exec(html)?.[1];
}

describe('what somebody got then', () => {
  const CHANGES = [
    { flags: { a: false } },
    { flags: { a: { rules: [{ name: 'premium', when: { plan: 'premium' } }], serve: 'off' } } },
    { flags: { a: true } },
    { flags: { a: null } },
  ];

  it.each([
    [-1, 'did not exist', 'There is no flag'],
    [0, 'off', 'The flag is off'],
    [0.99, 'off', 'The flag is off'],
    [1, 'off', 'No match: plan is &quot;free&quot;'],
    [2, 'on', 'It serves on'],
    [3, 'did not exist', 'There is no flag'],
  ])('at minute %d was decided by the definitions as they stood', async (minute, variant, why) => {
    const { visitor } = await aShelf(CHANGES);
    const query = new URLSearchParams({ user: '42', at: at(minute), flag: 'a', attributes: 'plan: free' });
    const { status, text } = await visitor.open(`/then?${query}`);
    // A flag that was neither there then nor is now is looked for among the names.
    if (variant === 'did not exist') expect(textOf(text)).toContain('No flag has this in its name');
    else expect([status, answerIn(text), text]).toEqual([200, variant, expect.stringContaining(why)]);
  });

  it('names the revision in force, who wrote it, and until when it held', async () => {
    const { visitor, put } = await aShelf();
    await put({ flags: { a: 20 } }, 'A fifth');
    await put({ flags: { a: 60 } });
    const { text } = await visitor.open(`/then?user=42&at=${at(0.5)}&flag=a`);
    const read = textOf(text);
    expect(read).toContain('In force was revision 1 , written 2027-01-01 12:00 UTC by ann: A fifth'.replace(' ,', ','));
    expect(read).toContain('It held until revision 2, 2027-01-01 12:01 UTC');
    expect(read).toContain('What was changed in its definition since');
  });

  it('is told for local time in any zone', async () => {
    const { visitor } = await aShelf(CHANGES);
    // Noon in London is nine in the evening in Tokyo.
    const query = new URLSearchParams({ user: '42', at: '2027-01-01T21:02', zone: 'Asia/Tokyo', flag: 'a' });
    const { text } = await visitor.open(`/then?${query}`);
    expect(text).toContain('name="at" value="2027-01-01T21:02"');
    expect(textOf(text)).toContain('revision 3');
    const wrong = await visitor.open(`/then?${new URLSearchParams({ user: '1', at: 'noon', zone: 'UTC' })}`);
    expect([wrong.status, textOf(wrong.text)]).toEqual([400, expect.stringContaining('Write a date and a time')]);
    const nowhere = await visitor.open(`/then?${new URLSearchParams({ user: '1', at: at(0), zone: 'Mars/Base' })}`);
    expect([nowhere.status, nowhere.text]).toEqual([400, expect.stringContaining('value="Mars/Base"')]);
  });

  it('keeps an instant to the millisecond when it is looked at again', async () => {
    const { visitor } = await aShelf(CHANGES);
    const { text } = await visitor.open('/then?user=1&at=2027-01-01T12:00:59.999Z&zone=Europe/Stockholm');
    expect(text).toContain('value="2027-01-01T13:00:59.999"');
    expect(textOf(text)).toContain('In force was revision 1');
  });

  it('takes the attributes that were seen last, or those that are typed, and says which', async () => {
    const { visitor } = await aShelf(CHANGES.slice(0, 2), {
      gatekeeper: { userId: () => 42, attributes: () => ({ plan: 'premium' }) },
    });
    await visitor.shop();
    const seen = await visitor.open(`/then?user=42&at=${at(1)}&flag=a`);
    expect([answerIn(seen.text), textOf(seen.text)]).toEqual(['on', expect.stringContaining('as they were seen last')]);
    const typed = await visitor.open(`/then?user=42&at=${at(1)}&flag=a&attributes=plan:+free`);
    expect([answerIn(typed.text), textOf(typed.text)]).toEqual([
      'off',
      expect.stringContaining('as they are written above'),
    ]);
    const other = await visitor.open(`/then?user=43&at=${at(1)}&flag=a`);
    expect(textOf(other.text)).toMatch(/no attributes are known .* The flag asks for plan, which is not known/);
  });

  it('turns the clock back as well: a ramp counts as it did', async () => {
    const ramp = {
      start: '2027-01-01',
      days: [
        [0, 0],
        [1, 100],
      ],
    };
    const { visitor } = await aShelf([{ flags: { a: { serve: { ramp } } } }]);
    const inTime = async (moment: string): Promise<string | undefined> =>
      answerIn((await visitor.open(`/then?user=42&at=${moment}&flag=a`)).text);
    expect([await inTime('2027-01-01T23:59Z'), await inTime('2027-01-02T00:00Z')]).toEqual(['off', 'on']);
  });

  it('counts prerequisites and segments as they were', async () => {
    const { visitor } = await aShelf([
      {
        flags: { base: true, a: { prerequisites: { base: 'on' }, rules: [{ when: { segment: 's' } }], serve: 'off' } },
        segments: { s: ['42'] },
      },
      { segments: { s: ['7'] } },
      { flags: { base: false } },
    ]);
    const then = async (minute: number): Promise<string> =>
      textOf((await visitor.open(`/then?user=42&at=${at(minute)}&flag=a`)).text);
    expect(await then(0)).toContain('a on');
    expect(await then(1)).toContain('a off');
    expect(await then(2)).toMatch(/a off.*Prerequisites .*decided/);
  });

  it('of all flags is a table, those first of which they get something else now', async () => {
    const { visitor } = await aShelf([
      { flags: { same: true, changed: true, gone: true } },
      { flags: { changed: false, gone: null, fresh: true } },
    ]);
    const { text } = await visitor.open(`/then?user=42&at=${at(0)}`);
    const rows = [...text.matchAll(/<tr( class="then-differs")?>\s*<th scope="row">.*?<bdi>(\w+)<\/bdi>/gs)];
    expect(rows.map(([, differs, name]) => [name, differs !== undefined])).toEqual([
      ['changed', true],
      ['gone', true],
      ['fresh', true],
      ['same', false],
    ]);
    expect(textOf(text)).toContain('Of 3 of 4 flags they get something else now.');
    expect(textOf((await visitor.open(`/then?user=42&at=${at(0)}&flag=FRES`)).text)).toContain('Of 1 of 1 flags');
  });

  it('admits that code is taken as it is deployed now, and what nobody wrote down', async () => {
    const { visitor } = await aShelf([{ flags: { MY_FLAG: { description: 'x' } } }], {
      gatekeeper: { flags: [new PlainFlag('MY_FLAG')] },
    });
    const { text } = await visitor.open(`/then?user=42&at=${at(0)}&flag=MY_FLAG`);
    const read = textOf(text);
    expect(read).toContain('is taken as it is deployed now, and this flag has a class');
    expect(read).toContain('What a browser was set to');
    expect(read).not.toContain('Browser override');
  });

  it('says so of a moment before the first change, and of one that is yet to come', async () => {
    const { visitor } = await aShelf([{ flags: { a: true } }]);
    const before = await visitor.open(`/then?user=42&at=${at(-5)}&flag=a`);
    expect([answerIn(before.text), textOf(before.text)]).toEqual([
      'did not exist',
      expect.stringContaining('The store had not been changed by then'),
    ]);
    const later = await visitor.open('/then?user=42&at=2030-01-01T00:00Z&flag=a');
    expect(textOf(later.text)).toContain('That moment is yet to come');
  });

  it('is asked by a form, which comes empty, or for now where only somebody is named', async () => {
    const { visitor } = await aShelf([{ flags: { a: true } }]);
    const empty = await visitor.open('/then');
    expect([empty.status, empty.text]).toEqual([200, expect.not.stringContaining('id="then-title"')]);
    const now = await visitor.open('/then?user=42&flag=a');
    expect([answerIn(now.text), now.text]).toEqual(['on', expect.stringContaining('value="2027-01-02T12:00"')]);
  });

  it('is the same from SQLite', async () => {
    const store = sqliteStore(join(aFolder(), 'flags.db'));
    const { visitor } = await aShelf(CHANGES, { store });
    const { text } = await visitor.open(`/then?user=42&at=${at(2)}&flag=a`);
    expect(answerIn(text)).toBe('on');
  });
});
