import { describe, expect, it } from 'vitest';
import { cutPoint, Dice } from '../../../src/evaluation/bucketing.js';
import { FlagReader } from '../../../src/evaluation/flag-reader.js';
import { Subject } from '../../../src/evaluation/subject.js';
import { aSnapshot, aSource, readerAt } from '../a-snapshot.js';

const DAY = 86_400_000;
const START = Date.UTC(2026, 11, 1);
const PEOPLE = Array.from({ length: 400 }, (_, id) => String(id));

function snapshotOf(ramp: object, flag: object = {}) {
  return aSnapshot({ flags: { FLAG: { ...flag, serve: { ramp } } } });
}

/** Who is in at a moment. */
function inside(ramp: object, now: number): readonly string[] {
  const snapshot = snapshotOf(ramp);
  return PEOPLE.filter((id) => readerAt(now, snapshot, id).isEnabled('FLAG'));
}

/** Who a percentage takes in. */
function within(percentage: number): readonly string[] {
  const dice = new Dice('FLAG');
  return PEOPLE.filter((id) => dice.position(id) < cutPoint(percentage));
}

describe('a ramp by days', () => {
  const ramp = {
    start: '2026-12-01',
    days: [
      [0, 1],
      [3, 5],
      [7, 25],
      [14, 50],
      [21, 100],
    ],
  };

  it.each([
    ['a millisecond before its start', START - 1, 0],
    ['at its start', START, 1],
    ['a millisecond before the second step', START + 3 * DAY - 1, 1],
    ['at the second step', START + 3 * DAY, 5],
    ['a millisecond before the third', START + 7 * DAY - 1, 5],
    ['at the third', START + 7 * DAY, 25],
    ['at the fourth', START + 14 * DAY, 50],
    ['a millisecond before the last', START + 21 * DAY - 1, 50],
    ['at the last', START + 21 * DAY, 100],
    ['years after', START + 5000 * DAY, 100],
  ])('is %s at its percentage', (_when, now, percentage) => {
    expect(inside(ramp, now)).toEqual(within(percentage));
  });

  it('only ever adds people', () => {
    let before: readonly string[] = [];
    for (let day = -1; day <= 22; day += 1) {
      const now = inside(ramp, START + day * DAY);
      expect(now).toEqual(expect.arrayContaining([...before]));
      before = now;
    }
    expect(before).toHaveLength(PEOPLE.length);
  });

  it('may have steps within a day', () => {
    const hours = {
      start: '2026-12-01',
      days: [
        [0, 10],
        [0.5, 100],
      ],
    };
    expect(inside(hours, START + DAY / 2 - 1)).toEqual(within(10));
    expect(inside(hours, START + DAY / 2)).toHaveLength(PEOPLE.length);
  });

  it('begins when the day begins in its time zone, by whatever offset', () => {
    const begins = (start: string, timeZone?: string) => {
      const at = { start, days: [[0, 100]], ...(timeZone === undefined ? {} : { timeZone }) };
      return (now: number) => [now - 1, now].map((moment) => inside(at, moment).length > 0);
    };
    expect(begins('2026-12-01', 'Europe/Stockholm')(START - 3_600_000)).toEqual([false, true]);
    expect(begins('2026-12-01', 'America/New_York')(START + 5 * 3_600_000)).toEqual([false, true]);
    expect(begins('2026-12-01T09:30', 'Asia/Kolkata')(START + 4 * 3_600_000)).toEqual([false, true]);
    expect(begins('2026-12-01T00:00:00+01:00')(START - 3_600_000)).toEqual([false, true]);
    expect(begins('2026-12-01T00:00:00+01:00', 'America/New_York')(START - 3_600_000)).toEqual([false, true]);
  });
});

describe('a ramp by instants', () => {
  const ramp = {
    at: [
      ['2026-12-01T09:00', 10],
      ['2026-12-08T09:00:00Z', 60],
      ['2026-12-15T09:00+02:00', 0],
      ['2026-12-16', 100],
    ],
  };

  it.each([
    [START + 9 * 3_600_000 - 1, 0],
    [START + 9 * 3_600_000, 10],
    [START + 7 * DAY + 9 * 3_600_000 - 1, 10],
    [START + 7 * DAY + 9 * 3_600_000, 60],
    [START + 14 * DAY + 7 * 3_600_000 - 1, 60],
    [START + 14 * DAY + 7 * 3_600_000, 0],
    [START + 15 * DAY, 100],
  ])('is at %i at its percentage', (now, percentage) => {
    expect(inside(ramp, now)).toEqual(within(percentage));
  });
});

describe('a ramp', () => {
  it('serves the variant that it names, else the on variant', () => {
    const flag = { variants: ['control', 'one_click', 'wallet'] };
    const ramp = { start: '2026-12-01', days: [[0, 100]] };
    const served = (given: object) => readerAt(START, snapshotOf(given, flag), 1).ffVariant('FLAG');
    expect([served(ramp), served({ ...ramp, variant: 'wallet' })]).toEqual(['one_click', 'wallet']);
  });

  it('needs no unit at 0 and at 100 %, and is off without one between', () => {
    const snapshot = snapshotOf({
      start: '2026-12-01',
      days: [
        [0, 0],
        [1, 50],
        [2, 100],
      ],
    });
    const served = (now: number) => readerAt(now, snapshot).details('FLAG');
    expect([START, START + DAY, START + 2 * DAY].map((now) => served(now).variant)).toEqual(['off', 'off', 'on']);
    expect(served(START + DAY).reason).toBe('DEFAULT');
  });

  it('takes in the people whom a percentage of the same salt takes in', () => {
    const snapshot = aSnapshot({
      flags: {
        RAMP: { salt: 'S', serve: { ramp: { at: [['2026-12-01', 30]] } } },
        PERCENTAGE: { salt: 'S', serve: { percentage: 30 } },
      },
    });
    for (const id of PEOPLE) {
      const { RAMP, PERCENTAGE } = readerAt(START, snapshot, id).all();
      expect(RAMP, id).toBe(PERCENTAGE);
    }
  });

  it('is a function of the clock: stepped back, it is where it was then', () => {
    const snapshot = snapshotOf({
      start: '2026-12-01',
      days: [
        [0, 0],
        [1, 100],
      ],
    });
    const moments = [START + DAY, START + DAY - 1, START + DAY, START - 1];
    const served = moments.map((now) => readerAt(now, snapshot, 1).ffVariant('FLAG'));
    expect(served).toEqual(['on', 'off', 'on', 'off']);
  });

  it('does not move within one request, wherever the clock goes meanwhile', () => {
    let now = START + DAY - 1;
    const snapshot = snapshotOf({ start: '2026-12-01', days: [[1, 100]] });
    const reader = new FlagReader(
      new Subject(
        aSource(snapshot, () => now),
        1,
      ),
    );
    const first = reader.ffVariant('FLAG');
    now += 10 * DAY;
    expect([first, reader.ffVariant('FLAG'), reader.forUser(2).ffVariant('FLAG')]).toEqual(['off', 'off', 'off']);
    expect(
      new FlagReader(
        new Subject(
          aSource(snapshot, () => now),
          1,
        ),
      ).ffVariant('FLAG'),
    ).toBe('on');
  });
});
