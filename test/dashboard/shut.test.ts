import { memoryStore } from 'express-gatekeeper/stores/memory';
import { describe, expect, it } from 'vitest';
import { editors, fieldsOf, textOf } from './an-editor.js';

const REASON = { comment: 'It burns' };

describe('killing a flag', () => {
  it('takes a reason and one button, and holds at once', async () => {
    const { ann, gk, store } = await editors({ stored: { x: { overrides: { on: [1] }, serve: 'on' } } });
    const page = await ann.open('/shut?name=x');
    expect([page.status, textOf(page)]).toEqual([200, expect.stringContaining('Kill x ?')]);
    expect(page.text).toMatch(/<input [^>]*name="comment"[^>]*required[^>]*autofocus/);
    const killed = await ann.press(page, 'kill', REASON);
    expect([killed.status, killed.headers['location']]).toEqual([303, 'flag?name=x&made=2']);
    expect(gk.for({ userId: 1 }).isEnabled('x')).toBe(false);
    expect((await store.history('default', { limit: 1 }))[0]).toMatchObject({ by: 'ann', comment: 'It burns' });
  });

  it('is done whatever others changed meanwhile', async () => {
    const { ann, bob } = await editors({ stored: { x: 20 } });
    const page = await ann.open('/shut?name=x');
    await bob.press(await bob.preview('x', '{ owner: web }'), 'save', { comment: '!' });
    expect((await ann.press(page, 'kill', REASON)).status).toBe(303);
    expect(await ann.stored('x')).toEqual({ owner: 'web', killed: true });
  });

  it('twice is once', async () => {
    const { ann, store } = await editors({ stored: { x: 20 } });
    const page = await ann.open('/shut?name=x');
    const answers = await Promise.all([ann.press(page, 'kill', REASON), ann.press(page, 'kill', REASON)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await store.revision('default')).toBe(2);
  });

  it('reaches a flag that is a class, of which nothing is stored', async () => {
    const { ann, gk } = await editors();
    await ann.press(await ann.open('/shut?name=MY_NEW_FEATURE'), 'kill', REASON);
    expect(gk.for({ userId: 42 }).isEnabled('MY_NEW_FEATURE' as never)).toBe(false);
  });

  it('is ended by reviving it, which shows who killed it and why', async () => {
    const { ann, bob, gk } = await editors({ stored: { x: { serve: 'on' } } });
    await ann.press(await ann.open('/shut?name=x'), 'kill', REASON);
    const page = await bob.open('/shut?name=x');
    expect(textOf(page)).toMatch(/Revive x \?.*Killed by ann , just now : It burns/);
    expect((await bob.press(page, 'revive', { comment: 'Put out' })).status).toBe(303);
    expect(await ann.stored('x')).toEqual({ serve: 'on' });
    expect(gk.for({ userId: 1 }).isEnabled('x')).toBe(true);
  });

  it('that the app’s own code holds killed is ended too', async () => {
    const { ann, gk } = await editors({ definitions: { flags: { x: { killed: true, serve: 'on' } } } });
    const revived = await ann.press(await ann.open('/shut?name=x'), 'revive', REASON);
    expect(revived.status).toBe(303);
    expect(gk.for({ userId: 1 }).isEnabled('x')).toBe(true);
  });

  it('takes the right to kill, and that alone', async () => {
    const killer = await editors({ stored: { x: 20 }, can: ['view', 'kill'] });
    const page = await killer.ann.open('/shut?name=x');
    expect(page.text).not.toContain('action="delete"');
    expect((await killer.ann.press(page, 'kill', REASON)).status).toBe(303);
    const editor = await editors({ stored: { x: 20 }, can: ['view', 'edit', 'override'] });
    const other = await editor.ann.open('/shut?name=x');
    expect(other.text).not.toContain('action="kill"');
    expect((await editor.ann.post('/kill', { flag: 'x', ...REASON })).status).toBe(403);
    const viewer = await editors({ stored: { x: 20 }, can: ['view', 'override'] });
    expect((await viewer.ann.open('/shut?name=x')).status).toBe(403);
    expect((await viewer.ann.post('/kill', { flag: 'x', ...REASON })).status).toBe(403);
    expect(await viewer.ann.stored('x')).toBe(20);
  });

  it.each(['kill', 'revive', 'delete'])('without a reason is not done (%s)', async (action) => {
    const { ann } = await editors({ stored: { x: 20 } });
    const refused = await ann.post(`/${action}`, { flag: 'x', revision: '1', comment: ' ' });
    expect([refused.status, textOf(refused)]).toEqual([422, expect.stringContaining('Say why')]);
    expect(await ann.stored('x')).toBe(20);
  });

  it.each(['kill', 'revive', 'delete'])('of an unknown flag says which there are (%s)', async (action) => {
    const { ann } = await editors({ stored: { x: 20 } });
    const refused = await ann.post(`/${action}`, { flag: 'y', revision: '1', ...REASON });
    expect([refused.status, textOf(refused)]).toEqual([404, expect.stringContaining('These flags exist')]);
    expect((await ann.open('/shut?name=y')).status).toBe(404);
  });

  it('while the store is down says so and keeps the reason', async () => {
    const store = memoryStore();
    const { ann } = await editors({ store, stored: { x: 20 } });
    const page = await ann.open('/shut?name=x');
    store.apply = async () => {
      throw new Error('connection refused');
    };
    const failed = await ann.press(page, 'kill', REASON);
    expect([failed.status, textOf(failed)]).toEqual([503, expect.stringContaining('connection refused')]);
    expect(fieldsOf(failed.text, 'kill')['comment']).toBe('It burns');
  });

  it('tells how many have it now', async () => {
    const { ann, origin } = await editors({ stored: { x: ['1', '2'] } });
    for (const user of ['1', '2', '3']) await fetch(`${origin}/shop?user=${user}`);
    const said = textOf(await ann.open('/shut?name=x'));
    expect(said).toMatch(/gain it 0 lose it 2 switch 0/);
  });
});

describe('deleting what is stored of a flag', () => {
  it('leaves its history, and says that code gets its fallback', async () => {
    const { ann, gk } = await editors({ stored: { x: 20 } });
    const page = await ann.open('/shut?name=x');
    expect(textOf(page)).toContain('Code that still asks for it gets its own fallback');
    const deleted = await ann.press(page, 'delete', REASON);
    expect([deleted.status, deleted.headers['location']]).toEqual([303, 'history?flag=x&made=2']);
    expect(gk.for({ userId: 1 }).ffVariant('x')).toBeNull();
    expect((await ann.press(page, 'delete', REASON)).status).not.toBe(500);
  });

  it('over a class leaves the class, and says so', async () => {
    const { ann, gk } = await editors({ stored: { MY_NEW_FEATURE: { serve: 'VISIBLE' } } });
    const page = await ann.open('/shut?name=MY_NEW_FEATURE');
    expect(textOf(page)).toContain('its class in the app’s code decides again');
    const deleted = await ann.press(page, 'delete', REASON);
    expect(deleted.headers['location']).toBe('flag?name=MY_NEW_FEATURE&made=2');
    expect(gk.for({ userId: 1 }).ffVariant('MY_NEW_FEATURE')).toBe('NOT_VISIBLE');
    expect((await ann.open('/shut?name=MY_NEW_FEATURE')).text).not.toContain('action="delete"');
  });

  it('over the app’s own definitions leaves those', async () => {
    const { ann } = await editors({ definitions: { flags: { x: true } }, stored: { x: 20 } });
    expect(textOf(await ann.open('/shut?name=x'))).toContain('own definitions say of it holds again');
  });

  it('is refused while other flags depend on it', async () => {
    const { ann } = await editors({ stored: { x: 20, y: { prerequisites: { x: 'on' } } } });
    const page = await ann.open('/shut?name=x');
    expect(textOf(page)).toMatch(/cannot be deleted, because others depend on it: .*"y"/);
    expect(page.text).not.toContain('action="delete"');
    const refused = await ann.post('/delete', { flag: 'x', revision: '1', ...REASON });
    expect([refused.status, await ann.stored('x')]).toEqual([409, 20]);
  });

  it('is refused when it was changed since it was looked at', async () => {
    const { ann, bob } = await editors({ stored: { x: 20 } });
    const page = await ann.open('/shut?name=x');
    await bob.press(await bob.preview('x', '30'), 'save', { comment: '!' });
    const refused = await ann.press(page, 'delete', REASON);
    expect([refused.status, textOf(refused)]).toEqual([409, expect.stringContaining('changed since')]);
    expect(fieldsOf(refused.text, 'delete')).toMatchObject({ comment: 'It burns', revision: '2' });
    expect((await ann.press(refused, 'delete')).status).toBe(303);
  });

  it('takes the right to edit', async () => {
    const { ann } = await editors({ stored: { x: 20 }, can: ['view', 'kill', 'override'] });
    expect((await ann.post('/delete', { flag: 'x', revision: '1', ...REASON })).status).toBe(403);
  });
});
