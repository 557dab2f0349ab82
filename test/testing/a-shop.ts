import type { Express } from 'express';
import {
  type EvaluationContext,
  flag,
  type Gatekeeper,
  type GatekeeperOptions,
  gatekeeper,
  requireFlag,
} from 'express-gatekeeper';
import type { ExpressModule } from '../express/expresses.js';
import { AnyFlag, MyNewFeature } from '../express/flags.js';
import { logIn } from '../express/on-the-way.js';

const OPTIONS: GatekeeperOptions = {
  appName: 'shop',
  flags: [
    new MyNewFeature({ overrides: { VISIBLE: [42] } }),
    new AnyFlag('CODED', ({ isUser }: EvaluationContext) => (isUser(7) ? 'on' : 'off')),
  ],
  definitions: {
    flags: {
      killed: { killed: true },
      disabled: false,
      half: 50,
      listed: [7],
      admin: { kind: 'permission', serve: 'off' },
      price: { variants: { low: 9, high: 19 }, off: 'low', serve: 'high' },
      after: { prerequisites: { killed: 'on' } },
      beside: { rules: [{ when: { flag: { listed: 'on' } } }], serve: 'off' },
    },
  },
  browserOverrides: { secret: 'a secret' },
  logger: { warn() {}, error() {} },
};

/** An app whose tests want to say what its flags serve. */
export function aShop(express: ExpressModule, options: GatekeeperOptions = {}): { app: Express; gk: Gatekeeper } {
  const gk = gatekeeper({ ...OPTIONS, ...options });
  const app = express();
  app.use(gk, logIn);
  app.get('/flags', (req, res) => void res.json(req.gk.all()));
  app.get('/ambient', (_req, res) => void res.json(flag('MY_NEW_FEATURE', 'VISIBLE')));
  app.get('/guarded', requireFlag('MY_NEW_FEATURE', 'VISIBLE'), (_req, res) => void res.json('here'));
  app.get('/overrides', (req, res) => void res.json(req.gk.getBrowserOverrideVariants()));
  app.post('/override', (req, res) => {
    const { flag: name, variant } = req.query;
    res.json(req.gk.setBrowserOverrideVariant(String(name), String(variant)));
  });
  return { app, gk };
}

/** What a visitor, or the user named, gets of a flag outside of any request. */
export function served(gk: Gatekeeper, name: string, userId?: number): string | null {
  return gk.for(userId === undefined ? {} : { userId }).ffVariant(name);
}
