import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInstant, isTimeZone, parseInstant } from '../../src/evaluation/instants.js';

function iso(text: string, timeZone = 'UTC'): string {
  return new Date(parseInstant(text, timeZone)).toISOString();
}

/** What the clocks in a time zone show: written as the dates in definitions are. */
function clocks(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(instant);
}

describe('an instant', () => {
  it.each([
    ['2026-12-01', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T09:00', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01 09:00', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T09:00:30', '2026-12-01T09:00:30.000Z'],
    ['2026-12-01T09:00:30.5', '2026-12-01T09:00:30.500Z'],
    ['2026-12-01T09:00:30.123', '2026-12-01T09:00:30.123Z'],
    ['2026-12-01T09:00:30.123456789Z', '2026-12-01T09:00:30.123Z'],
    ['2026-12-01T09:00Z', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T09:00+01:00', '2026-12-01T08:00:00.000Z'],
    ['2026-12-01T09:00-0330', '2026-12-01T12:30:00.000Z'],
    ['2026-12-01T00:00+14:00', '2026-11-30T10:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29', '2000-02-29T00:00:00.000Z'],
    ['2026-12-31T23:59:59.999', '2026-12-31T23:59:59.999Z'],
    ['1969-12-31', '1969-12-31T00:00:00.000Z'],
    ['9999-12-31', '9999-12-31T00:00:00.000Z'],
    ['0026-12-01', '0026-12-01T00:00:00.000Z'],
  ])('may be written %s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it.each([
    ...['', 'soon', 'now', '2026', '2026-12', '12/24/2026', '24.12.2026', '1796115600000', '2026-1-2', '26-12-01'],
    ...['2026-02-29', '2100-02-29', '2026-02-30', '2026-04-31', '2026-13-01', '2026-00-01', '2026-12-00', '2026-12-32'],
    ...['2026-12-01T9:00', '2026-12-01T09', '2026-12-01T24:00', '2026-12-01T09:60', '2026-12-01T09:00:60'],
    ...['2026-12-01T09:00:00.', '2026-12-01T09:00+1', '2026-12-01T09:00 +01:00', '2026-12-01T09:00 Europe/Stockholm'],
    ...[
      '2026-12-01Z',
      ' 2026-12-01',
      '2026-12-01\n',
      '2026-12-01T09:00ZZ',
      '+2026-12-01',
      '-2026-12-01',
      '２０２６-12-01',
    ],
    ...['2026-12-01T09:00+25:00', '2026-12-01T09:00-99:99', '2026-12-01T09:00+01:60'],
  ])('may not be written %j', (text) => {
    expect(isInstant(text)).toBe(false);
    expect(parseInstant(text, 'Europe/Stockholm')).toBeNaN();
  });

  it('is read as dates write themselves', () => {
    const dates = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseInstant(date.toISOString(), 'Asia/Tokyo')).toBe(date.getTime());
      }),
    );
  });
});

describe('local time', () => {
  it.each([
    ['2026-12-01', 'Europe/Stockholm', '2026-11-30T23:00:00.000Z'],
    ['2026-07-01', 'Europe/Stockholm', '2026-06-30T22:00:00.000Z'],
    ['2026-12-01', 'America/New_York', '2026-12-01T05:00:00.000Z'],
    ['2026-07-01', 'America/New_York', '2026-07-01T04:00:00.000Z'],
    ['2026-12-01T12:00', 'Asia/Kathmandu', '2026-12-01T06:15:00.000Z'],
    ['2026-12-01', 'Pacific/Kiritimati', '2026-11-30T10:00:00.000Z'],
    ['2026-12-01T09:00:30.123', 'Europe/Stockholm', '2026-12-01T08:00:30.123Z'],
    ['2028-02-29T12:00', 'America/New_York', '2028-02-29T17:00:00.000Z'],
    ['2026-12-01T09:00Z', 'America/New_York', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T09:00-08:00', 'Europe/Stockholm', '2026-12-01T17:00:00.000Z'],
  ])('%s in %s is that of its clocks', (text, timeZone, expected) => {
    expect(iso(text, timeZone)).toBe(expected);
  });

  // In Stockholm 02:00 became 03:00 on 29 March 2026, and 03:00 became 02:00 on 25 October; in New York on 8 March and 1 November.
  it.each([
    ['Europe/Stockholm', '2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
    ['Europe/Stockholm', '2026-03-29T02:00', '2026-03-29T01:00:00.000Z'],
    ['Europe/Stockholm', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['Europe/Stockholm', '2026-03-29T02:59:59', '2026-03-29T01:59:59.000Z'],
    ['Europe/Stockholm', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['America/New_York', '2026-03-08T01:59:59', '2026-03-08T06:59:59.000Z'],
    ['America/New_York', '2026-03-08T02:00', '2026-03-08T07:00:00.000Z'],
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:30:00.000Z'],
    ['America/New_York', '2026-03-08T03:00', '2026-03-08T07:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00.000Z'],
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z'],
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T22:00:00.000Z'],
  ])('that a change of clocks in %s skips is taken as if they had not changed yet: %s', (timeZone, text, expected) => {
    expect(iso(text, timeZone)).toBe(expected);
  });

  it.each([
    ['Europe/Stockholm', '2026-10-25T01:59:59', '2026-10-24T23:59:59.000Z'],
    ['Europe/Stockholm', '2026-10-25T02:00', '2026-10-25T00:00:00.000Z'],
    ['Europe/Stockholm', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['Europe/Stockholm', '2026-10-25T02:59:59', '2026-10-25T00:59:59.000Z'],
    ['Europe/Stockholm', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
    ['America/New_York', '2026-11-01T01:00', '2026-11-01T05:00:00.000Z'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
    ['America/New_York', '2026-11-01T02:00', '2026-11-01T07:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z'],
  ])('that comes twice in %s is the first of the two: %s', (timeZone, text, expected) => {
    expect(iso(text, timeZone)).toBe(expected);
  });

  it('is what the clocks show at that instant, wherever they show it at all', () => {
    const zones = [
      'Europe/Stockholm',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
    ];
    const instants = fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2040, 0, 1) / 1000 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (timeZone, seconds) => {
        const shown = clocks(seconds * 1000, timeZone);
        const found = parseInstant(shown, timeZone);
        expect(clocks(found, timeZone)).toBe(shown);
        expect(found).toBeLessThanOrEqual(seconds * 1000);
      }),
    );
  });

  it('never goes back as its clocks go on, but where they do', () => {
    for (const timeZone of ['Europe/Stockholm', 'America/New_York']) {
      const hours = Array.from({ length: 24 }, (_, hour) => `2026-10-24T${String(hour).padStart(2, '0')}:30`);
      const instants = hours.map((text) => parseInstant(text, timeZone));
      expect(instants).toEqual([...instants].sort((a, b) => a - b));
    }
  });
});

describe('a time zone', () => {
  it.each(['UTC', 'Europe/Stockholm', 'America/Argentina/Buenos_Aires', 'Etc/GMT+1'])('may be %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', 'Stockholm', 'Europe/Gothenburg', 'Local', 'CEST', 'Europe/Stockholm ', '../UTC'])(
    'may not be %j',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});
