import { memoryStore } from 'express-gatekeeper/stores/memory';
import { describe, expect, it } from 'vitest';
import { aVisitor, type Visitor } from './an-app.js';

const withStore = (can: readonly ('view' | 'override' | 'edit')[] = ['view', 'override', 'edit']): Promise<Visitor> =>
  aVisitor({ gatekeeper: { store: memoryStore() }, options: { authorize: () => ({ by: 'ann', can }) } });

/** The definition that the page of the preview is about to save. */
function definitionIn(text: string): unknown {
  const [, json = 'null'] = /name="definition" value="([^"]*)"/.exec(text) ?? [];
  return JSON.parse(json.replaceAll('&quot;', '"'));
}

describe('creating a flag', () => {
  it.each([
    [{ first: 'off' }, false],
    [{ first: 'on' }, true],
    [{ first: 'percentage', percentage: '12,5' }, 12.5],
    [
      { first: 'on', owner: 'web', kind: 'ops' },
      { kind: 'ops', owner: 'web', enabled: true },
    ],
    [
      { first: 'users', users: '7\r\nann\r\n' },
      { rules: [{ name: 'listed users', when: { userId: { oneOf: [7, 'ann'] } } }], serve: 'off' },
    ],
  ])('leads through the preview: %j', async (fields, definition) => {
    const { status, text } = await (await withStore()).post('/create', { name: ' shop/new ', ...fields } as never);
    expect(status).toBe(200);
    expect(definitionIn(text)).toEqual(definition);
    expect(text).toContain('name="flag" value="shop/new"');
  });

  it('leads on to the editor, filled in', async () => {
    const { status, text } = await (await withStore()).post('/create', {
      name: 'shop/new',
      first: 'percentage',
      percentage: '5',
      owner: 'web',
      more: 'yes',
    });
    expect(status).toBe(200);
    expect(text).toContain('Define it');
    expect(text).toMatch(/name="serve.percentage.percentage"[^>]* value="5"/);
    expect(text).toMatch(/name="owner"[^>]* value="web"/);
  });

  it('refuses a name that is taken, with a link to that flag, and keeps what was typed', async () => {
    const visitor = await withStore();
    const { status, text } = await visitor.post('/create', { name: 'checkout/express-pay', owner: 'web', first: 'on' });
    expect(status).toBe(422);
    expect(text).toContain('<a href="flag?name=checkout%2Fexpress-pay">Open it</a>');
    expect(text).toMatch(/name="owner"[^>]* value="web"/);
    expect(text).toContain('value="on" checked');
  });

  it.each(['', 'a//b', '/a', ' a/ b', 'x'.repeat(201), 'a\u0007'])('refuses the name %j', async (name) => {
    const { status, text } = await (await withStore()).post('/create', { name, first: 'on' });
    expect(status).toBe(422);
    expect(text).toContain('id="w-name"');
  });

  it('says what is wrong with how it starts', async () => {
    const visitor = await withStore();
    const many = await visitor.post('/create', { name: 'a', first: 'percentage', percentage: '120' });
    expect(many.text).toContain('id="w-percentage"');
    const nobody = await visitor.post('/create', { name: 'a', first: 'users', users: ' ' });
    expect(nobody.text).toContain('list at least one user');
  });

  it('takes the right to edit, and a store', async () => {
    const onlooker = await withStore(['view', 'override']);
    expect((await onlooker.open('/create')).status).toBe(403);
    expect((await onlooker.post('/create', { name: 'a', first: 'on' })).status).toBe(403);
    expect((await (await aVisitor()).open('/create')).status).toBe(409);
  });
});
