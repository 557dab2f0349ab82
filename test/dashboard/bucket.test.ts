import { describe, expect, it } from 'vitest';
import { bucketOf } from '../../src/dashboard/models/bucket.js';

const evidence = { unit: '42', by: 'userId', salt: 'new_search', position: 33.7077 };

/** Variant, begin, width, and a star for what this browser fell to. */
function bands({ bands }: ReturnType<typeof bucketOf>): string[] {
  return bands.map(({ variant, from, width, chosen }) => `${variant} ${from}+${width}${chosen ? ' *' : ''}`);
}

describe('the picture of a bucket', () => {
  it('is a line up to 100 %, cut where the percentage ends, with the bucket on it', () => {
    const bucket = bucketOf({ ...evidence, cutPoints: [{ variant: 'on', below: 20 }] }, 'off', 'off');
    expect(bands(bucket)).toEqual(['on 0+20', 'off 20+80 *']);
    expect(bucket.bands.map(({ extent }) => extent)).toEqual(['0–20 %', '20–100 %']);
    expect(bucket.position).toBe(33.7077);
  });

  it('has as many cuts as there are', () => {
    const cutPoints = [
      { variant: 'a', below: 0.001 },
      { variant: 'b', below: 50 },
    ];
    expect(bands(bucketOf({ ...evidence, cutPoints }, 'b', 'c'))).toEqual(['a 0+0.001', 'b 0.001+49.999 *', 'c 50+50']);
  });

  it('believes what was served, not the position, which is rounded', () => {
    const cutPoints = [{ variant: 'on', below: 20 }];
    expect(bands(bucketOf({ ...evidence, position: 20, cutPoints }, 'on', 'off'))).toEqual(['on 0+20 *', 'off 20+80']);
  });

  it('of a split shows the weights as shares, and no place: a split has no line that a bucket could lie on', () => {
    const weights = [
      { variant: 'control', weight: 1 },
      { variant: 'one_click', weight: 2 },
      { variant: 'wallet', weight: 0 },
    ];
    const bucket = bucketOf({ ...evidence, weights }, 'one_click', 'control');
    expect(bands(bucket)).toEqual(['control 0+33.3333', 'one_click 33.3333+66.6667 *', 'wallet 100+0']);
    expect(bucket.bands.map(({ extent }) => extent)).toEqual(['33.3 %', '66.7 %', '0 %']);
    expect(bucket.position).toBeUndefined();
  });

  it.each([
    ['userId', 'user-1234567890', 'User id', 'user-1234567890'],
    ['anonymousId', 'Zm9vYmFyYmF6cXV4', 'Anonymous id', 'Zm9vYm…'],
    ['sessionId', 'Zm9vYmFyYmF6cXV4', 'Session id', 'Zm9vYm…'],
    ['company.id', 'acme-1234567890', 'company.id', 'acme-1234567890'],
  ])('names what was bucketed, and gives no %s away that opens a door', (by, unit, kind, shown) => {
    expect(bucketOf({ ...evidence, by, unit }, 'on', 'off')).toMatchObject({ kind, unit: shown, salt: 'new_search' });
  });
});
