import type { Request, RequestHandler } from 'express';

/**
 * Forms are taken from our own pages only. Browsers say where a form comes from; the session cookie is SameSite=Lax besides.
 * A client that says nothing is no browser and holds nobody's cookies.
 */
export const sameOrigin: RequestHandler = (req, res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD' || isOurs(req)) next();
  else res.status(403).type('text').send('This form was sent from another site, so it was not accepted.');
};

function isOurs(req: Request): boolean {
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = req.get('origin');
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === req.get('host'));
}
