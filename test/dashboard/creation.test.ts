import { gatekeeper } from 'express-gatekeeper';
import { dashboard } from 'express-gatekeeper/dashboard';
import { describe, expect, it } from 'vitest';
import { anApp, EXPRESSES, PlainFlag, silent, start, Visitor } from './an-app.js';

const gk = gatekeeper({ flags: [new PlainFlag('MY_NEW_FEATURE')], logger: silent });

/** What somebody writes in JavaScript. */
function untyped(...args: readonly unknown[]): () => unknown {
  return () => Reflect.apply(dashboard, undefined, args);
}

describe('dashboard()', () => {
  it('returns a named request handler', () => {
    expect(dashboard(gk).name).toBe('gatekeeperDashboard');
  });

  it.each([
    ['without the gatekeeper', []],
    ['with null', [null]],
    ['with its options first', [{ authorize: () => undefined }]],
  ])('called %s shows what to write', (_case, args) => {
    expect(untyped(...args)).toThrow("app.use('/gatekeeper', dashboard(gk, {");
  });

  it('given another function says that this is no gatekeeper', () => {
    expect(untyped(() => undefined)).toThrow(/gatekeeper\(\)/);
  });

  it.each([
    ['an authorize that is no function', { authorize: { by: 'ann' } }, /authorize.*function/],
    ['a misspelt option', { authorise: () => undefined }, /authorise.*takes authorize/],
    ['options that are no object', 'authorize', /object of options/],
    ['null options', null, /object of options/],
  ])('refuses %s at creation', (_case, options, message) => {
    expect(untyped(gk, options)).toThrow(message);
  });
});

describe.each(EXPRESSES)('app.use(dashboard) in %s', (_name, express) => {
  it('says what is wrong and what to write', async () => {
    const app = anApp({ express, useGatekeeper: false, mount: '/real' });
    app.use('/gatekeeper', dashboard as never);
    const messages: string[] = [];
    app.use(((error: Error, _req: unknown, res: { end(): void }, _next: unknown) => {
      messages.push(error.message);
      res.end();
    }) as never);
    await new Visitor(await start(app)).open();
    expect(messages.join()).toMatch(/app\.use\(dashboard\).*app\.use\('\/gatekeeper', dashboard\(gk/);
  });
});
