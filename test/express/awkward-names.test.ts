import { flag, gatekeeper, requireFlag } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag } from './flags.js';
import { logIn } from './on-the-way.js';
import { serve } from './server.js';
import { aVisitor, Visitor } from './visitor.js';
import { ask } from './wire.js';

const NAMES = ['__proto__', 'constructor', 'toString', 'then', 'hasOwnProperty', 'valueOf', 'prototype', 'gk', 'get'];
/** Those that may be keys inside of a definition. */
const NAMES_OF_KEYS = NAMES.filter((name) => name !== '__proto__');

describe.each(EXPRESSES)('in %s', (_name, express) => {
  describe.each(NAMES)('a flag named %s', (name) => {
    const options = { browserOverrides: { secret: 'a secret' }, activeFlagsHeader: true, after: [logIn] };
    const coded = new AnyFlag(name, ({ isUser }) => (isUser(1) ? 'on' : 'off'), { overrides: { on: [42] } });
    const routes = (app: ReturnType<typeof anApp>): void => {
      app.get('/ways', async ({ gk }, res) => {
        res.json([
          gk.ff(name, 'on'),
          gk.ffVariant(name),
          gk.isEnabled(name),
          gk.value(name, '') || gk.value(name, false),
          gk.match(name, { on: () => 'matched on', off: () => 'matched off' }),
          gk.details(name).variant,
          gk.explain(name).flag,
          Object.entries(await gk.all()),
          [...gk.getConfigMap().keys()],
          gk.ffVariant(name, 42),
          flag(name, 'on'),
          res.locals.gk.ff(name, 'on'),
        ]);
      });
      app.get('/guarded', requireFlag(name, 'on'), (_req, res) => void res.json('here'));
    };

    it('is a class like any other', async () => {
      const origin = await serve(anApp(express, { flags: [coded], routes, ...options }));
      expect((await request(origin).get('/ways').set('X-User', '1')).body).toEqual([
        ...[true, 'on', true, 'on', 'matched on', 'on', name, [[name, 'on']], [name], 'on', true, true],
      ]);
      expect((await request(origin).get('/ways')).body).toEqual([
        ...[false, 'off', false, 'off', 'matched off', 'off', name, [[name, 'off']], [name], 'on', false, false],
      ]);
      expect((await request(origin).get('/guarded').set('X-User', '1')).status).toBe(200);
      expect((await request(origin).get('/guarded')).status).toBe(404);
    });

    it('is data like any other', async () => {
      const definition = { overrides: { on: [42] }, rules: [{ when: { userId: [1] } }], serve: 'off' };
      const definitions = { flags: { [name]: definition } };
      const origin = await serve(anApp(express, { definitions, flags: [], routes, ...options }));
      expect((await request(origin).get('/ways').set('X-User', '1')).body).toEqual([
        ...[true, 'on', true, true, 'matched on', 'on', name, [[name, 'on']], [name], 'on', true, true],
      ]);
      expect((await request(origin).get('/ways')).body).toEqual([
        ...[false, 'off', false, false, 'matched off', 'off', name, [[name, 'off']], [name], 'on', false, false],
      ]);
    });

    it('is overridden in a browser like any other', async () => {
      const visitor = new Visitor(await serve(anApp(express, { flags: [coded], routes, ...options })));
      expect(await visitor.set(name, 'on')).toBe(true);
      const page = await visitor.get('/ways');
      expect([page.body[1], page.headers['x-active-flags']]).toEqual(['on', name]);
      expect(Object.entries(await visitor.overrides())).toEqual([[name, 'on']]);
      expect(await visitor.set(name, '')).toBe(true);
      expect(await visitor.overrides()).toEqual({});
    });

    it('is overridden by typed JSON like any other', async () => {
      const origin = await serve(anApp(express, { flags: [coded] }));
      const { text } = await ask(origin, '/flags', { Cookie: `gatekeeper={"${name}":"on"}` });
      expect(text).toBe(`{"${name}":"on"}`);
    });

    it('is not there unless somebody made it', async () => {
      const origin = await serve(anApp(express, { flags: [], routes, ...options }));
      const { body } = await request(origin).get('/ways');
      expect(body.slice(0, 3)).toEqual([false, null, false]);
      expect((await request(origin).get('/guarded')).status).toBe(404);
      expect(await new Visitor(origin).set(name, 'on')).toBe(false);
    });
  });

  const browserOverrides = { secret: 'a secret' };
  /** The variants of a flag, as a list and as a map. */
  const variantsWith = (variant: string): [string[], Record<string, number>] => {
    const values: [string, number][] = [
      [variant, 1],
      ['off', 0],
    ];
    return [[variant, 'off'], Object.fromEntries(values)];
  };

  it.each(NAMES)('a variant named %s is a variant of a class like any other', async (variant) => {
    const [list, map] = variantsWith(variant);
    const flags = [
      new AnyFlag('LISTED', () => variant, { variants: list }),
      new AnyFlag('MAPPED', () => variant, { variants: map }),
      new AnyFlag('PINNED', () => 'off', { variants: list, overrides: Object.fromEntries([[variant, [42]]]) }),
    ];
    const routes = (app: ReturnType<typeof anApp>): void => {
      const cases = Object.fromEntries(list.map((each) => [each, () => `matched ${each}`]));
      app.get('/ways', ({ gk }, res) => void res.json([gk.match('LISTED', cases), gk.value('MAPPED', 7)]));
    };
    const visitor = await aVisitor(express, { flags, browserOverrides, after: [logIn], routes });
    expect(await visitor.flags({ 'X-User': '42' })).toEqual({ LISTED: variant, MAPPED: variant, PINNED: variant });
    expect(await visitor.flags()).toEqual({ LISTED: variant, MAPPED: variant, PINNED: 'off' });
    expect((await visitor.get('/ways')).body).toEqual([`matched ${variant}`, 1]);
    expect(await visitor.set('LISTED', 'off')).toBe(true);
    expect(await visitor.flags()).toMatchObject({ LISTED: 'off' });
    expect(await visitor.set('LISTED', variant)).toBe(true);
    expect(await visitor.overrides()).toEqual({ LISTED: variant });
  });

  it.each(NAMES_OF_KEYS)('a variant named %s is a variant of data like any other', async (variant) => {
    const [list, map] = variantsWith(variant);
    const overrides = { [variant]: [42] };
    const definitions = {
      flags: {
        LISTED: { variants: list, overrides, serve: 'off' },
        MAPPED: { variants: map, overrides, serve: { split: { [variant]: 1, off: 0 } } },
        AFTER: { prerequisites: { LISTED: [variant] } },
      },
    };
    const visitor = await aVisitor(express, { flags: [], definitions, browserOverrides, after: [logIn] });
    expect(await visitor.flags({ 'X-User': '42' })).toEqual({ LISTED: variant, MAPPED: variant, AFTER: 'on' });
    expect(await visitor.flags()).toEqual({ LISTED: 'off', MAPPED: variant, AFTER: 'off' });
    expect(await visitor.set('LISTED', variant)).toBe(true);
    expect(await visitor.flags()).toMatchObject({ LISTED: variant, AFTER: 'on' });
  });
});

it.each<[string, object]>([
  ['variants', { variants: { ['__proto__']: 1, off: 0 } }],
  ['overrides', { variants: ['__proto__', 'off'], overrides: { ['__proto__']: [42] } }],
  ['a split', { variants: ['__proto__', 'off'], serve: { split: { ['__proto__']: 1, off: 1 } } }],
])('a key named __proto__ in the %s of data is refused by its name', (_where, definition) => {
  expect(() => gatekeeper({ flags: [], definitions: { flags: { DATA: { ...definition } } } })).toThrow(
    'definitions: Flag "DATA" has a key named __proto__, which cannot be used; rename it.',
  );
});
