import { describe, expect, it } from 'vitest';
import { WriteLimit } from '../../src/dashboard/write-limit.js';
import { aVisitor } from './an-app.js';

/** Posts as often as that; says how many got through. */
function through(limit: WriteLimit, posts: number, person: string, browser: (post: number) => string): number {
  return Array.from({ length: posts }, (_, post) => limit.wait(person, browser(post))).filter(
    (wait) => wait === undefined,
  ).length;
}

describe('the limit of changes', () => {
  it('is 60 in a minute for one browser, and says when it goes on', () => {
    let now = 1_000;
    const limit = new WriteLimit(() => now);
    expect(through(limit, 100, 'ann', () => 'a')).toBe(60);
    now += 20_500;
    expect(limit.wait('ann', 'a')).toBe(40);
    now += 39_500;
    expect(through(limit, 100, 'ann', () => 'a')).toBe(60);
  });

  it('is apart for other people and other browsers', () => {
    const limit = new WriteLimit(() => 0);
    expect(through(limit, 100, 'ann', () => 'a')).toBe(60);
    expect(through(limit, 100, 'ann', () => 'b')).toBe(60);
    expect(through(limit, 100, 'bob', () => 'a')).toBe(60);
  });

  it('is 300 for a person with a new browser each time', () => {
    const limit = new WriteLimit(() => 0);
    expect(through(limit, 1_000, 'ann', String)).toBe(300);
  });

  it('keeps no more in mind than there is room for', () => {
    const limit = new WriteLimit(() => 0);
    for (let i = 0; i < 5_000; i += 1) limit.wait(`person ${i}`, '');
    expect(limit.wait('person 0', '')).toBeUndefined();
  });

  it('is told in seconds, and by other sites not used up', async () => {
    const visitor = await aVisitor();
    const token = await visitor.token();
    const post = (origin: string) =>
      visitor.agent.post('/gatekeeper/clear-all').set({ Origin: origin }).type('form').send({ token });
    for (let i = 0; i < 61; i += 1) expect((await post('https://evil.example')).status).toBe(403);
    for (let i = 0; i < 60; i += 1) expect((await post(visitor.origin)).status).toBe(303);
    const { status, headers, text } = await post(visitor.origin);
    expect([status, text]).toEqual([429, expect.stringContaining('Nothing was changed')]);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await visitor.open()).status).toBe(200);
  });
});
