import express from 'express';
import { FeatureFlagConfig, gatekeeper } from 'express-gatekeeper';
import { dashboard } from 'express-gatekeeper/dashboard';

class Greeting extends FeatureFlagConfig {
  flagName = 'GREETING';
  variants = ['WARM', 'COOL'];

  pickVariant({ isUser }) {
    return isUser(7) ? 'WARM' : 'COOL';
  }
}

const app = express();
const gk = gatekeeper({
  flags: [new Greeting({ overrides: { WARM: [8] } })],
  userId: (req) => req.get('x-user'),
  browserOverrides: { secret: 'only for this test', allow: () => true },
});
app.use(gk);
app.get('/', (req, res) => {
  res.send(req.gk.ff('GREETING', 'WARM') ? 'Welcome back!' : 'Hello.');
});
app.use('/gatekeeper', dashboard(gk, { authorize: () => ({ by: 'staff', can: ['view', 'override'] }) }));

const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
