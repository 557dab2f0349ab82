import type { Right } from 'express-gatekeeper/dashboard';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../src/dashboard/routes.js';
import { aStartedApp } from './a-started-app.js';
import { anApp, EXPRESSES, FLAGS } from './an-app.js';
import { ask, type RawAnswer } from './raw.js';

const RIGHTS: readonly Right[] = ['view', 'override', 'edit', 'kill'];
const VERBS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const MOUNT = '/admin/flags';
const PATHS = [...new Set(ROUTES.map(({ path }) => path))];

/** All sets of rights, from none to all four. */
const SETS = Array.from({ length: 2 ** RIGHTS.length }, (_, bits) => RIGHTS.filter((_right, bit) => bits & (1 << bit)));
const EVERYTHING = RIGHTS.join();

/** Ways to write a path that a careless router or proxy takes for the same, or for another one. */
const TRICKS: readonly ((path: string) => string)[] = [
  (path) => `/${path}`,
  (path) => `${path}/`,
  (path) => `${path}//`,
  (path) => `/.${path}`,
  (path) => `/x/..${path}`,
  (path) => `/%2e%2e${path}`,
  (path) => `/..%2f${path.slice(1)}`,
  (path) => `/%2f${path.slice(1)}`,
  (path) => `/..;${path}`,
  (path) => `/\\${path.slice(1)}`,
  (path) => `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`,
  (path) => path.toUpperCase(),
  (path) => `${path}%00`,
  (path) => `${path}%20`,
  (path) => `${path}.`,
  (path) => `${path};a=b`,
];

/** Fields of all our forms at once, of a kind that would change something. */
const FIELDS = {
  flag: 'stored',
  name: 'stored',
  variant: 'on',
  definition: '{"enabled":false}',
  yaml: 'enabled: false',
  revision: '1',
  comment: 'because',
  reason: 'because',
  environment: 'default',
  from: 'default',
  to: 'elsewhere',
};

/** What became of a request: which door was shut, or the status. */
function fateOf({ status, text }: RawAnswer, verb = ''): string {
  if (status !== 403) return String(status);
  // Without a page there is no telling which door it was.
  if (verb === 'HEAD' || /You may not|That takes the right/.test(text)) return 'not allowed';
  if (text.includes('closed to you')) return 'not let in';
  return /out of date|did not come from here/.test(text) ? 'form refused' : '403';
}

function expectedFate(verb: string, path: string, rights: readonly Right[]): string {
  const method = verb === 'HEAD' ? 'GET' : verb;
  const route = ROUTES.find((candidate) => candidate.path === path && candidate.method === method);
  const needed: readonly (readonly Right[])[] = [['view'], ...(route?.handler.rights ?? [])];
  if (!needed.every((oneOf) => oneOf.some((right) => rights.includes(right)))) return 'not allowed';
  if (route === undefined) return '405';
  // It was sent without a form.
  return verb === 'POST' ? '415' : '200|204|303|400|404|409';
}

describe.each(EXPRESSES)('the rights to every route, in %s', (_name, express) => {
  const store = memoryStore();
  let origin = '';
  let form: { readonly cookie: string; readonly token: string } = { cookie: '', token: '' };

  const started = aStartedApp(() =>
    anApp({
      express,
      mount: MOUNT,
      options: {
        authorize: ({ headers }) => {
          const rights = String(headers['x-rights'] ?? '');
          return rights === 'stranger' ? undefined : { by: rights || 'nobody', can: rightsIn(rights) };
        },
      },
      gatekeeper: { flags: FLAGS, store },
    }),
  );

  function rightsIn(text: string): Right[] {
    return RIGHTS.filter((right) => text.split(',').includes(right));
  }

  const to = (method: string, path: string, rights: string, headers = {}, body = ''): Promise<RawAnswer> =>
    ask(origin, method, MOUNT + path, { 'x-rights': rights, ...headers }, body);

  /** A form as a browser sends it, one person for each path: there is a limit to what one sends. */
  const post = (path: string, headers = {}, token = form.token): Promise<RawAnswer> =>
    to(
      'POST',
      path,
      `${path},${EVERYTHING}`,
      { 'content-type': 'application/x-www-form-urlencoded', origin, cookie: form.cookie, ...headers },
      new URLSearchParams({ ...FIELDS, token }).toString(),
    );

  beforeAll(async () => {
    origin = started();
    await store.apply('default', { flags: { stored: true } }, { by: 'ann' });
    const { headers, text } = await to('GET', '/', EVERYTHING);
    form = {
      cookie: String(headers['set-cookie']).split(';')[0] ?? '',
      token: /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '',
    };
  });

  it.each(PATHS)('%s: each verb for exactly those who have its rights', async (path) => {
    for (const verb of VERBS) {
      for (const rights of SETS) {
        const answer = await to(verb, path, rights.join());
        const about = `${verb} ${path} with ${rights.join()}: `;
        expect(about + fateOf(answer, verb)).toMatch(new RegExp(`: (?:${expectedFate(verb, path, rights)})$`));
      }
    }
  });

  it.each(PATHS)('%s: strangers are not let in, however they write it', async (path) => {
    for (const written of [path, ...TRICKS.map((trick) => trick(path))]) {
      for (const verb of ['GET', 'POST']) {
        expect([written, fateOf(await to(verb, written, 'stranger'))]).toEqual([written, 'not let in']);
      }
    }
  });

  it.each(PATHS.filter((path) => path !== '/'))('%s: no other way to write it opens it to guests', async (path) => {
    for (const written of TRICKS.map((trick) => trick(path))) {
      for (const verb of ['GET', 'POST']) {
        const fate = fateOf(await to(verb, written, 'view'));
        // Express 4 takes one of two slashes for the mount's own: then it is the route itself, with all its guards.
        const needed = ROUTES.find((route) => route.path === path && route.method === verb)?.handler.rights ?? [];
        const allowed = written === `/${path}` && express === EXPRESSES[0][1] && needed.length === 0;
        if (!allowed)
          expect([verb, written, ['404', '405', 'not allowed'].includes(fate)]).toEqual([verb, written, true]);
      }
    }
  });

  describe.each(ROUTES.filter(({ method }) => method === 'POST').map(({ path, handler }) => [path, handler] as const))(
    'POST %s',
    (path, handler) => {
      it('needs more than the right to look, and a form of our own', () => {
        expect(handler.rights?.filter((oneOf) => !oneOf.includes('view')).length).toBeGreaterThan(0);
        expect(handler.ownForm).toBe(true);
      });

      it('changes nothing unless the form came from here', async () => {
        const before = await store.revision('default');
        const refusals = [
          await post(path, {}, ''),
          await post(path, {}, 'AAAA.BBBB'),
          await post(path, { cookie: '' }),
          await post(path, { origin: 'https://evil.example' }),
          await post(path, { origin: 'null' }),
          await post(path, { 'sec-fetch-site': 'cross-site' }),
          await post(path, { 'sec-fetch-site': 'same-site' }),
          await post(`${path}?token=${form.token}`, {}, ''),
        ];
        expect(refusals.map((refusal) => fateOf(refusal))).toEqual(refusals.map(() => 'form refused'));
        expect((await post(path, { 'content-type': 'application/json' })).status).toBe(415);
        expect((await post(path, { 'content-type': 'text/plain' })).status).toBe(415);
        const query = new URLSearchParams({ ...FIELDS, token: form.token });
        expect((await to('HEAD', `${path}?${query}`, EVERYTHING, { cookie: form.cookie })).status).toBeLessThan(500);
        expect((await to('GET', `${path}?${query}`, EVERYTHING, { cookie: form.cookie })).status).toBeLessThan(500);
        for (const { headers } of refusals) expect(String(headers['set-cookie'])).not.toContain('gatekeeper=');
        expect(await store.revision('default')).toBe(before);
      });

      it('gets through with one, and never fails', async () => {
        expect(['form refused', 'not allowed', '403', '500']).not.toContain(fateOf(await post(path)));
      });
    },
  );
});
