import express from 'express';
import { type GatekeeperOptions, gatekeeper } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runtimeOf } from '../../src/express/middleware.js';
import { replay } from '../../src/runtime/replay.js';

const flags = {
  old: true,
  premium: { rules: [{ when: { plan: 'premium' } }], serve: 'off' },
  half: { serve: { percentage: 50 } },
};

/** An app that was visited by people of these ids. */
async function visited(ids: readonly (string | undefined)[], options: GatekeeperOptions = {}) {
  const gk = gatekeeper({
    flags: [],
    definitions: { flags },
    userId: (req) => req.get('x-user'),
    attributes: (req) => ({ plan: req.get('x-user') === 'ann' ? 'premium' : 'free', email: 'a@b.c' }),
    ...options,
  });
  onTestFinished(() => gk.close());
  const app = express()
    .use(gk)
    .get('/', (req, res) => void res.json(req.gk.all()))
    .get('/plain', (_req, res) => void res.end());
  const served: unknown[] = [];
  for (const id of ids)
    served.push(
      (
        await request(app)
          .get('/')
          .set(id === undefined ? {} : { 'x-user': id })
      ).body,
    );
  await request(app).get('/plain').set('x-user', 'nobody');
  const runtime = runtimeOf(gk);
  return { gk, served, runtime, contexts: runtime.recentContexts?.list() ?? [] };
}

describe('recent contexts', () => {
  it('are those that flags were read for, the latest first, each once', async () => {
    const { contexts } = await visited(['ann', 'bob', 'ann']);
    expect(contexts.map(({ userId }) => userId)).toEqual(['ann', 'bob']);
    expect(contexts[0]).toMatchObject({ attributes: { plan: 'premium', email: 'a@b.c' } });
  });

  it('have visitors without an id, by what they are bucketed by', async () => {
    const { contexts } = await visited([undefined]);
    expect(contexts[0]).toMatchObject({ userId: undefined, anonymousId: expect.any(String) });
  });

  it('are evaluated anew as they were evaluated', async () => {
    const { contexts, served, runtime } = await visited(['ann', 'bob', undefined]);
    const again = contexts.reverse().map((context) => replay(runtime.snapshot, context, Date.now()).all());
    expect(again.map((all) => ({ ...all }))).toEqual(served);
  });

  it('are bounded, and leave out what is not to be kept', async () => {
    const { contexts } = await visited(['ann', 'bob', 'cleo'], { recentContexts: { max: 2, redact: ['email'] } });
    expect(contexts.map(({ userId }) => userId)).toEqual(['cleo', 'bob']);
    expect(contexts[0]?.attributes).toEqual({ plan: 'free' });
  });

  it('are not kept when the app says so', async () => {
    const { contexts, runtime } = await visited(['ann'], { recentContexts: false });
    expect(contexts).toEqual([]);
    expect(runtime.recentContexts).toBeUndefined();
  });

  it('of jobs are kept as well', async () => {
    const { gk, runtime } = await visited([]);
    gk.for({ userId: 7, attributes: { plan: 'free' } }).ffVariant('old');
    expect(runtime.recentContexts?.list()).toMatchObject([{ userId: 7, attributes: { plan: 'free' } }]);
  });
});
