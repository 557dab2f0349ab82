import type { NextFunction, Request, Response } from 'express';
import { count } from '../basket.js';
import { findPerson } from '../people.js';
import { shippingOffer } from '../shipping.js';

/** What every page shows. On `res.locals`, never on the template engine: a global would show one visitor another's basket. */
export function pageLocals(req: Request, res: Response, next: NextFunction): void {
  Object.assign(res.locals, {
    path: req.path,
    here: req.originalUrl,
    person: findPerson(req.session.userId),
    basketCount: count(req.session.basket ?? {}),
    shippingOffer: () => shippingOffer(req), // asked by the pages that show it
  });
  next();
}
