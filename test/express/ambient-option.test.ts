import { flag } from 'express-gatekeeper';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ambienceOf } from '../../src/express/ambient.js';
import { anApp } from './an-app.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag } from './flags.js';
import { Recorder } from './recorder.js';
import { serve } from './server.js';
import { ask } from './wire.js';

const versions = Object.getOwnPropertyDescriptor(process, 'versions') ?? {};

/** Makes the process look like another Node.js, until the test is over. */
function runOn(node: string): void {
  Object.defineProperty(process, 'versions', { ...versions, value: { ...process.versions, node } });
}

afterEach(() => {
  Object.defineProperty(process, 'versions', versions);
  vi.unstubAllEnvs();
});

const OLD = '20.19.0';
const NEW = '24.0.0';

/** What asking for it comes to: whether `flag()` finds its request, and what the log says about that. */
const FOUND = { found: true, said: [] };
const FOUND_WHILE_DEVELOPING = {
  found: true,
  said: [
    expect.stringMatching(/works here because this is development.*before Node 24.*gatekeeper\(\{ ambient: true \}\)/),
  ],
};
const LOST = {
  found: false,
  said: [
    expect.stringMatching(/flag\("FEATURE"\) found no request.*before Node 24.*gatekeeper\(\{ ambient: true \}\)/),
  ],
};

const MATRIX = [
  { ambient: undefined, mode: 'development', node: OLD, gives: FOUND_WHILE_DEVELOPING },
  { ambient: undefined, mode: 'test', node: OLD, gives: FOUND_WHILE_DEVELOPING },
  { ambient: undefined, mode: '', node: '22.22.0', gives: FOUND_WHILE_DEVELOPING },
  { ambient: undefined, mode: 'production', node: OLD, gives: LOST },
  { ambient: undefined, mode: 'staging', node: '23.11.0', gives: LOST },
  { ambient: undefined, mode: 'development', node: NEW, gives: FOUND },
  { ambient: undefined, mode: 'production', node: NEW, gives: FOUND },
  { ambient: undefined, mode: 'production', node: '100.1.0', gives: FOUND },
  { ambient: true, mode: 'development', node: OLD, gives: FOUND },
  { ambient: true, mode: 'production', node: OLD, gives: FOUND },
  { ambient: true, mode: 'production', node: NEW, gives: FOUND },
  { ambient: false, mode: 'development', node: OLD, gives: LOST },
  { ambient: false, mode: 'production', node: OLD, gives: LOST },
  { ambient: false, mode: 'development', node: NEW, gives: LOST },
  { ambient: false, mode: 'production', node: NEW, gives: LOST },
];

describe.each(EXPRESSES)('flag(), in %s', (_name, express) => {
  it.each(MATRIX)('with ambient: $ambient, NODE_ENV=$mode and Node $node', async ({ ambient, mode, node, gives }) => {
    vi.stubEnv('NODE_ENV', mode);
    runOn(node);
    const logger = new Recorder();
    const app = anApp(express, {
      flags: [new AnyFlag('FEATURE', () => 'on')],
      logger,
      ...(ambient === undefined ? {} : { ambient }),
      routes: (routes) => {
        routes.get('/at-once', (_req, res) => void res.json([flag('FEATURE'), flag('FEATURE', 'on')]));
        routes.get('/later', (_req, res) => setTimeout(() => res.json([flag('FEATURE')]), 1));
        routes.get('/by-request', ({ gk }, res) => void res.json([gk.isEnabled('FEATURE')]));
      },
    });
    const origin = await serve(app);
    expect((await ask(origin, '/by-request')).text).toBe('[true]');
    expect(logger.messages).toEqual([]);
    expect((await ask(origin, '/at-once')).text).toBe(JSON.stringify([gives.found, gives.found]));
    expect((await ask(origin, '/later')).text).toBe(JSON.stringify([gives.found]));
    expect(logger.messages).toEqual(gives.said);
  });
});

describe('whether flag() finds its request', () => {
  it.each([
    [OLD, undefined, true, 'in development'],
    [OLD, undefined, false, 'off'],
    [OLD, true, false, 'on'],
    [OLD, false, true, 'off'],
    [NEW, undefined, true, 'on'],
    [NEW, undefined, false, 'on'],
    [NEW, false, false, 'off'],
  ] as const)('on Node %s, with ambient: %s and development %s, is: %s', (node, asked, development, ambience) => {
    runOn(node);
    expect(ambienceOf(asked, development)).toBe(ambience);
  });

  it('is settled when gatekeeper() is called, not by what NODE_ENV becomes', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    runOn(OLD);
    const app = anApp(EXPRESSES[1][1], {
      flags: [new AnyFlag('FEATURE', () => 'on')],
      routes: (routes) => void routes.get('/', (_req, res) => void res.json(flag('FEATURE'))),
    });
    vi.stubEnv('NODE_ENV', 'development');
    expect((await ask(await serve(app), '/')).text).toBe('false');
  });
});
