import { memoryStore } from 'express-gatekeeper/stores/memory';
import { describe, expect, it } from 'vitest';
import { aVisitor } from './an-app.js';

describe('the page of a flag', () => {
  it('shows it', async () => {
    const store = memoryStore({ flags: { pay: { kind: 'release', rules: [{ name: 'Nordic', when: { country: ['SE'], any: [{ plan: 'x' }, { segment: 'b' }] } }], serve: { ramp: { start: '2026-12-01', days: [[0, 1], [3, 25]] } } } }, segments: { b: [1] } } as never);
    const visitor = await aVisitor({ gatekeeper: { store } });
    const { status, text } = await visitor.open('/flag?name=pay');
    console.log(text);
    expect(status).toBe(200);
  });
});
