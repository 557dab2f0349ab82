import { Router } from 'express';
import type { Gatekeeper } from 'express-gatekeeper';

/** For whoever watches over the shop. Always 200: with flags that are out of date the shop is still open. */
export function health(gk: Gatekeeper): Router {
  const router = Router();
  router.get('/health', (_req, res) => {
    res.set('Cache-Control', 'no-store').json(gk.health());
  });
  return router;
}
