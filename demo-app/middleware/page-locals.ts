import type { NextFunction, Request, Response } from 'express';
import { count } from '../basket.js';
import { personOf, takeNotice } from '../session.js';
import { shippingOffer } from '../shipping.js';

/** What every page shows. On `res.locals`, never on the template engine: a global would show one visitor another's basket. */
export function pageLocals(req: Request, res: Response, next: NextFunction): void {
  Object.assign(res.locals, {
    path: req.path,
    here: req.originalUrl,
    person: personOf(req),
    basketCount: count(req.session.basket ?? {}),
    // asked by the pages that show it
    shippingOffer: () => shippingOffer(req),
    notice: () => takeNotice(req),
  });
  next();
}
