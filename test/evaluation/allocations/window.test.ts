import { describe, expect, it } from 'vitest';
import { aSnapshot, readerAt } from '../a-snapshot.js';

function served(serve: object, now: number | string, flag: object = {}): unknown {
  const moment = typeof now === 'number' ? now : Date.parse(now);
  return readerAt(moment, aSnapshot({ flags: { FLAG: { ...flag, serve } } })).ffVariant('FLAG');
}

/** What is served a millisecond before an instant and at it. */
function around(serve: object, instant: string): readonly unknown[] {
  return [served(serve, Date.parse(instant) - 1), served(serve, instant)];
}

describe('a time window', () => {
  const christmas = { from: '2026-12-01', until: '2026-12-27' };

  it('is on from its first millisecond to the last before its end', () => {
    expect(around(christmas, '2026-12-01T00:00:00Z')).toEqual(['off', 'on']);
    expect(served(christmas, '2026-12-24T18:00:00Z')).toBe('on');
    expect(around(christmas, '2026-12-27T00:00:00Z')).toEqual(['on', 'off']);
  });

  it('may be open at either end', () => {
    expect(around({ from: '2026-12-01' }, '2026-12-01T00:00:00Z')).toEqual(['off', 'on']);
    expect(served({ from: '2026-12-01' }, '9999-01-01T00:00:00Z')).toBe('on');
    expect(around({ until: '2026-12-01' }, '2026-12-01T00:00:00Z')).toEqual(['on', 'off']);
    expect(served({ until: '2026-12-01' }, 0)).toBe('on');
  });

  it('serves the variant that it names, and the off variant outside', () => {
    const flag = { variants: ['plain', 'snow', 'stars'], off: 'plain' };
    const serve = { ...christmas, variant: 'stars' };
    expect(['2026-12-24T18:00:00Z', '2027-01-06T00:00:00Z'].map((now) => served(serve, now, flag))).toEqual([
      'stars',
      'plain',
    ]);
  });

  it('needs nobody to be known, as it asks nobody', () => {
    const reader = readerAt(Date.UTC(2026, 11, 24), aSnapshot({ flags: { FLAG: { serve: christmas } } }));
    expect(reader.details('FLAG')).toMatchObject({ variant: 'on', reason: 'STATIC' });
  });

  it.each([
    ['UTC', '2026-12-01T00:00:00Z', '2026-12-27T00:00:00Z'],
    ['Europe/Stockholm', '2026-11-30T23:00:00Z', '2026-12-26T23:00:00Z'],
    ['America/New_York', '2026-12-01T05:00:00Z', '2026-12-27T05:00:00Z'],
    ['Pacific/Auckland', '2026-11-30T11:00:00Z', '2026-12-26T11:00:00Z'],
    ['Asia/Kathmandu', '2026-11-30T18:15:00Z', '2026-12-26T18:15:00Z'],
  ])('has days that begin when they begin in %s', (timeZone, begin, end) => {
    const serve = { ...christmas, timeZone };
    expect(around(serve, begin)).toEqual(['off', 'on']);
    expect(around(serve, end)).toEqual(['on', 'off']);
  });

  it('spans a change of clocks: each end by the clocks that hold there', () => {
    const serve = { from: '2026-03-28T12:00', until: '2026-03-29T12:00', timeZone: 'Europe/Stockholm' };
    expect(around(serve, '2026-03-28T11:00:00Z')).toEqual(['off', 'on']);
    expect(around(serve, '2026-03-29T10:00:00Z')).toEqual(['on', 'off']);
  });

  it('lets an instant with an offset be that instant, whatever the time zone', () => {
    const serve = { from: '2026-12-01T00:00:00-03:00', timeZone: 'Europe/Stockholm' };
    expect(around(serve, '2026-12-01T03:00:00Z')).toEqual(['off', 'on']);
  });

  it('follows a clock that is set back', () => {
    const snapshot = aSnapshot({ flags: { FLAG: { serve: christmas } } });
    const moments = ['2026-11-30', '2026-12-01', '2026-11-30', '2026-12-26', '2026-12-27', '2026-12-26'];
    const variants = moments.map((day) => readerAt(Date.parse(day), snapshot).ffVariant('FLAG'));
    expect(variants).toEqual(['off', 'on', 'off', 'on', 'off', 'on']);
  });
});
