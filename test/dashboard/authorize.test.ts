import type { DashboardOptions, Right } from 'express-gatekeeper/dashboard';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { anApp, aVisitor, EXPRESSES, MOUNTS, recorder, silent, start, Visitor } from './an-app.js';

const RIGHTS: readonly Right[] = ['view', 'override', 'edit', 'kill'];

/** Some routes, and what their verbs take. */
const ROUTES = [
  ['GET', '/', 200, ['view']],
  ['HEAD', '/', 200, ['view']],
  ['GET', '/share?flag=MY_NEW_FEATURE&variant=VISIBLE', 200, ['view', 'override']],
  ['GET', '/gatekeeper.css', 200, ['view']],
  ['GET', '/icon.svg', 200, ['view']],
  ['GET', '/override', 405, ['view']],
  ['PUT', '/override', 405, ['view']],
  ['POST', '/', 405, ['view']],
  ['DELETE', '/', 405, ['view']],
  ['OPTIONS', '/', 405, ['view']],
  ['GET', '/clear-all', 405, ['view']],
  ['GET', '/nowhere', 404, ['view']],
] as const;

const TRICKS = [
  '/./',
  '/%2e%2e/',
  '/..%2fviews/layout.njk',
  '/%2e%2e%2fviews%2flayout.njk',
  '/gatekeeper.css/',
  '/gatekeeper.css%00.html',
  '/GATEKEEPER.CSS',
  '/Override',
  '/override/',
  '/%6fverride',
  '/override%2f',
  '/assets/../gatekeeper.css',
  '/..;/override',
  '/\\override',
];

function can(...rights: readonly Right[]): DashboardOptions {
  return { authorize: () => ({ by: 'ann', can: rights }) };
}

async function answer(visitor: Visitor, method: string, path: string): Promise<number> {
  // Not through fetch or supertest: both tidy paths up before they send them.
  const { request } = await import('node:http');
  const { hostname, port } = new URL(visitor.origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path: visitor.mount + path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(EXPRESSES)('the door, in %s', (_name, express) => {
  describe.each(MOUNTS)('mounted at %j', (mount) => {
    it('opens each route to exactly those who have its rights', async () => {
      for (const rights of [[], ...RIGHTS.map((right) => [right]), ['view', 'override'] as const]) {
        const visitor = await aVisitor({ express, mount, options: can(...rights) });
        for (const [method, path, status, needed] of ROUTES) {
          const expected = needed.every((right) => rights.some((had) => had === right)) ? status : 403;
          expect([method, path, rights, await answer(visitor, method, path)]).toEqual([method, path, rights, expected]);
        }
      }
    });

    it('lets nobody change anything without the right to override', async () => {
      const { app, guest } = await twoRights(express, mount);
      for (const path of ['/override', '/clear-all']) {
        const token = await app.token();
        const response = await guest.agent
          .post(mount + path)
          .set({ Origin: guest.origin })
          .type('form')
          .send({ token, flag: 'MY_NEW_FEATURE', variant: 'VISIBLE' });
        expect(response.status).toBe(403);
        expect(response.headers['set-cookie']).toBeUndefined();
      }
    });

    it.each(TRICKS)('answers a stranger 403 and a guest 404 to %j', async (trick) => {
      const strange = await aVisitor({ express, mount, options: { authorize: () => undefined } });
      const guest = await aVisitor({ express, mount });
      for (const method of ['GET', 'POST']) {
        expect(await answer(strange, method, trick)).toBe(403);
        expect(await answer(guest, method, trick)).toBe(404);
      }
    });
  });

  it.each(['//', '//override', '//clear-all'])('is as shut to a stranger at %j', async (trick) => {
    // Express 4 takes one of the slashes for the mount's own, Express 5 does not.
    const strange = await aVisitor({ express, options: { authorize: () => undefined } });
    const guest = await aVisitor({ express, options: can('view') });
    for (const method of ['GET', 'POST']) {
      expect(await answer(strange, method, trick)).toBe(403);
      expect([200, 403, 404, 405]).toContain(await answer(guest, method, trick));
    }
  });

  it('tells a stranger nothing about flags or files', async () => {
    const strange = await aVisitor({ express, options: { authorize: () => undefined } });
    const { text } = await strange.open();
    expect(text).not.toMatch(/MY_NEW_FEATURE|stylesheet|token/);
  });
});

async function twoRights(
  express: (typeof EXPRESSES)[number][1],
  mount: string,
): Promise<{ app: Visitor; guest: Visitor }> {
  const app = await aVisitor({ express, mount });
  const guest = await aVisitor({ express, mount, options: can('view') });
  return { app, guest };
}

describe('authorize(req)', () => {
  it.each([
    ['undefined', undefined],
    ['null', null],
    ['false', false],
    ['true', true],
    ['a string', 'ann'],
    ['an empty object', {}],
    ['no rights', { by: 'ann' }],
    ['a single right', { by: 'ann', can: 'view' }],
    ['an unknown right', { by: 'ann', can: ['view', 'everything'] }],
    ['rights that are no strings', { by: 'ann', can: [['view']] }],
    ['nobody', { can: ['view'] }],
    ['an empty name', { by: ' ', can: ['view'] }],
    ['a name that is no string', { by: 1, can: ['view'] }],
    ['inherited rights in an array-like', { by: 'ann', can: { 0: 'view', length: 1 } }],
  ])('that gives %s keeps the door shut', async (_case, given) => {
    const visitor = await aVisitor({ options: { authorize: () => given as never } });
    expect((await visitor.open()).status).toBe(403);
    const later = await aVisitor({ options: { authorize: async () => given as never } });
    expect((await later.open()).status).toBe(403);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no database');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no database'))],
    [
      'throws nothing at all',
      () => {
        throw undefined;
      },
    ],
  ])('that %s keeps the door shut, and the log says why', async (_case, authorize) => {
    const logger = recorder();
    const visitor = await aVisitor({ options: { authorize }, gatekeeper: { logger } });
    expect((await visitor.open()).status).toBe(403);
    expect(logger.messages.join('\n')).toMatch(/authorize\(req\) failed.*(no database|undefined)/);
  });

  it('that gives a wrong shape is told once what to give', async () => {
    const logger = recorder();
    const visitor = await aVisitor({
      options: { authorize: () => ({ by: 'ann', can: ['read'] }) as never },
      gatekeeper: { logger },
    });
    await visitor.open();
    await visitor.open();
    expect(logger.messages).toEqual([expect.stringMatching(/"can":\["read"\].*'view', 'override', 'edit', 'kill'/)]);
  });

  it('may take its time', async () => {
    const visitor = await aVisitor({ options: { authorize: async () => ({ by: 'ann', can: ['view'] }) } });
    expect((await visitor.open()).status).toBe(200);
  });
});

describe('without authorize', () => {
  const open = {};

  it('everything is open to the developer at this machine', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    const visitor = await aVisitor({ options: open });
    const page = await visitor.open();
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('local developer')]);
    expect((await visitor.set('MY_NEW_FEATURE', 'VISIBLE')).status).toBe(303);
  });

  it.each([
    ['a proxy', { 'X-Forwarded-For': '10.0.0.1' }],
    ['another host name', { Host: 'rebound.example' }],
  ])('%s finds the door shut in development', async (_case, headers) => {
    vi.stubEnv('NODE_ENV', 'development');
    const visitor = await aVisitor({ options: open });
    for (const path of ['/', '/gatekeeper.css']) expect((await visitor.open(path).set(headers)).status).toBe(403);
  });

  it('everybody finds the door shut in production, and the log says once how to open it', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    const logger = recorder();
    const visitor = await aVisitor({ options: open, gatekeeper: { logger } });
    for (const path of ['/', '/share', '/gatekeeper.css', '/nowhere']) {
      expect((await visitor.open(path)).status).toBe(403);
    }
    expect(logger.messages).toEqual([expect.stringContaining('dashboard(gk, { authorize: (req) =>')]);
  });
});

describe('buttons follow rights', () => {
  it('there are none for somebody who may only look', async () => {
    const visitor = await aVisitor({ options: can('view') });
    const { text } = await visitor.open();
    expect(text).toContain('Setting overrides takes the right');
    expect(text).not.toMatch(/method="post"/);
  });

  it.each([
    ['switched off', { browserOverrides: false as const }],
    ['not for this visitor', { browserOverrides: { secret: 'a secret', allow: () => false } }],
  ])('and there are words instead of them where overrides are %s', async (_case, gatekeeper) => {
    const visitor = await aVisitor({ gatekeeper });
    const { text } = await visitor.open();
    expect(text).toContain('Overrides are closed to this browser');
    expect(text).not.toMatch(/method="post"/);
    const share = await visitor.open('/share?flag=MY_NEW_FEATURE&variant=VISIBLE');
    expect([share.status, share.text]).toEqual([200, expect.stringContaining('Overrides are closed')]);
    expect(share.text).not.toContain('<button');
  });

  it('and there are words where production has no secret', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    const app = anApp({ gatekeeper: { browserOverrides: {}, logger: silent } });
    const { text } = await new Visitor(await start(app)).open();
    expect(text).toMatch(/Overrides are closed to this browser.*production/s);
  });
});
