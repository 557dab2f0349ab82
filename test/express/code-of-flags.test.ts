import type { EvaluationContext } from 'express-gatekeeper';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anApp } from './an-app.js';
import { EXPRESSES } from './expresses.js';
import { AnyFlag } from './flags.js';
import { logIn } from './on-the-way.js';
import { serve } from './server.js';

describe.each(EXPRESSES)('the code of flags, in %s', (_name, express) => {
  it('is asked once per request and user', async () => {
    let asked = 0;
    const app = anApp(express, {
      flags: [
        new AnyFlag('COUNTED', () => {
          asked += 1;
          return asked % 2 === 1 ? 'on' : 'off';
        }),
      ],
      routes: (routes) => {
        routes.get('/', (req, res) => {
          const { gk } = req;
          res.json([gk.ffVariant('COUNTED'), gk.ff('COUNTED', 'on'), gk.all(), gk.explain('COUNTED').variant]);
        });
      },
    });
    const origin = await serve(app);
    expect((await request(origin).get('/')).body).toEqual(['on', true, { COUNTED: 'on' }, 'on']);
  });

  it('decides by a split exactly when it drew a bucket itself, whatever other flags it asked', async () => {
    class Drawing extends AnyFlag {
      override pickVariant(context: EvaluationContext): string {
        const drawn = this.percentage(context, 50);
        return context.request?.gk.isEnabled('PLAIN') && drawn ? 'on' : 'off';
      }
    }
    const asksDrawing = new AnyFlag('ASKING', ({ request: req }) => req?.gk.ffVariant('DRAWING'));
    const app = anApp(express, {
      flags: [asksDrawing, new Drawing('DRAWING'), new AnyFlag('PLAIN')],
      routes: (routes) => {
        routes.get('/', ({ gk }, res) => {
          res.json(['ASKING', 'DRAWING', 'PLAIN'].map((name) => gk.details(name).reason));
        });
      },
    });
    expect((await request(await serve(app)).get('/')).body).toEqual(['DEFAULT', 'SPLIT', 'DEFAULT']);
  });

  it('may ask for another flag of the same request', async () => {
    const app = anApp(express, {
      flags: [
        new AnyFlag('PARENT', ({ isUser }) => (isUser(1) ? 'on' : 'off')),
        new AnyFlag('CHILD', ({ request: req }) => (req?.gk.isEnabled('PARENT') ? 'on' : 'off')),
      ],
      after: [logIn],
    });
    const origin = await serve(app);
    expect((await request(origin).get('/flags').set('X-User', '1')).body).toEqual({ PARENT: 'on', CHILD: 'on' });
    expect((await request(origin).get('/flags')).body).toEqual({ PARENT: 'off', CHILD: 'off' });
  });
});
