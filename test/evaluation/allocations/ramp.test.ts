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

describe('a ramp by days in a time zone', () => {
  const HOUR = 3_600_000;
  const percentages = [1, 20, 40, 60, 80, 100];

  /** When each of its steps comes. */
  function steps(start: string, days: readonly number[], timeZone?: string): readonly string[] {
    const ramp = { start, days: days.map((day, index) => [day, percentages[index]]), timeZone };
    const snapshot = snapshotOf(JSON.parse(JSON.stringify(ramp)));
    const at = (now: number) => PEOPLE.filter((id) => readerAt(now, snapshot, id).isEnabled('FLAG')).length;
    const from = Date.parse(`${start.slice(0, 10)}T00:00Z`) - DAY;
    const found: string[] = [];
    for (let now = from; now < from + 6 * DAY; now += HOUR / 2) {
      if (at(now) > at(now - 1)) found.push(new Date(now).toISOString().slice(5, 16));
    }
    return found;
  }

  // In Stockholm clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25 October.
  it.each([
    ['the start of spring', '2026-03-28T09:00', ['03-28T08:00', '03-29T07:00', '03-30T07:00']],
    ['the end of summer', '2026-10-24T09:00', ['10-24T07:00', '10-25T08:00', '10-26T08:00']],
    ['the start of spring, at midnight', '2026-03-28', ['03-27T23:00', '03-28T23:00', '03-29T22:00']],
    ['the end of summer, at midnight', '2026-10-24', ['10-23T22:00', '10-24T22:00', '10-25T23:00']],
    ['a time that is skipped', '2026-03-28T02:30', ['03-28T01:30', '03-29T01:30', '03-30T00:30']],
    ['a time that comes twice', '2026-10-24T02:30', ['10-24T00:30', '10-25T00:30', '10-26T01:30']],
    ['a start by offset', '2026-03-28T08:00:00Z', ['03-28T08:00', '03-29T07:00', '03-30T07:00']],
    ['a start at a time that is skipped', '2026-03-29T02:30', ['03-29T01:30', '03-30T00:30', '03-31T00:30']],
    ['a start at the second of two', '2026-10-25T02:30+01:00', ['10-25T01:30', '10-26T01:30', '10-27T01:30']],
  ])('comes day by day at the same local time, by way of %s', (_what, start, expected) => {
    expect(steps(start, [0, 1, 2], 'Europe/Stockholm')).toEqual(expected);
  });

  it('counts parts of a day in hours', () => {
    const march = steps('2026-03-28T12:00', [0, 0.5, 1, 1.25], 'Europe/Stockholm');
    expect(march).toEqual(['03-28T11:00', '03-28T23:00', '03-29T10:00', '03-29T16:00']);
    const october = steps('2026-10-24T12:00', [0, 0.5, 1, 1.25], 'Europe/Stockholm');
    expect(october).toEqual(['10-24T10:00', '10-24T22:00', '10-25T11:00', '10-25T17:00']);
  });

  it('is not ahead of the next day at the end of a short one', () => {
    expect(steps('2026-03-28T12:00', [0, 23.5 / 24, 1], 'Europe/Stockholm')).toEqual(['03-28T11:00', '03-29T10:00']);
  });

  it('has days of 24 hours where no zone is given', () => {
    expect(steps('2026-03-28T09:00', [0, 1, 2])).toEqual(['03-28T09:00', '03-29T09:00', '03-30T09:00']);
    expect(steps('2026-10-24T09:00+02:00', [0, 1, 2])).toEqual(['10-24T07:00', '10-25T07:00', '10-26T07:00']);
  });

  it('may have steps so far away that they never come', () => {
    for (const far of [1e8, 1e12, Number.MAX_VALUE]) {
      const ramp = {
        start: '2026-12-01',
        days: [
          [0, 1],
          [far, 100],
        ],
        timeZone: 'Europe/Stockholm',
      };
      expect(inside(ramp, Date.UTC(9999, 0, 1))).toEqual(within(1));
    }
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
