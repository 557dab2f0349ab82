import { type Request, type Response, Router } from 'express';
import { requireFlag } from 'express-gatekeeper';
import type { Totals } from '../basket.js';
import { findProduct } from '../catalogue.js';
import { checkDelivery, type Delivery, placeOrder } from '../order.js';
import { findPerson } from '../people.js';
import { basketTotals } from '../shipping.js';
import { field } from './form.js';

export const checkout = Router();

checkout.get('/checkout', (req, res) => {
  const totals = basketTotals(req);
  if (totals.lines.length === 0) return res.redirect('/basket');
  const { name = '', email = '', address = '' } = findPerson(req.session.userId) ?? {};
  res.render('checkout', { totals, delivery: { name, email, address, giftWrap: false }, errors: {} });
});

checkout.post('/checkout', (req, res) => {
  const totals = basketTotals(req);
  if (totals.lines.length === 0) return res.redirect(303, '/basket');
  const delivery: Delivery = {
    name: field(req, 'name'),
    email: field(req, 'email'),
    address: field(req, 'address'),
    giftWrap: req.gk.isEnabled('gift-wrap') && field(req, 'giftWrap') === 'yes',
  };
  const errors = checkDelivery(delivery);
  if (Object.keys(errors).length > 0) return res.status(422).render('checkout', { totals, delivery, errors });
  req.session.basket = {};
  finish(req, res, totals, delivery);
});

/** The whole route stands behind a flag: whoever does not see the button gets a 404 here too. */
checkout.post('/express-checkout', requireFlag('EXPRESS_CHECKOUT', 'VISIBLE'), (req, res) => {
  const product = findProduct(field(req, 'slug'));
  const person = findPerson(req.session.userId);
  if (person === undefined) {
    return res.redirect(303, `/login?next=${product ? `/products/${product.slug}` : '/basket'}`);
  }
  const totals = basketTotals(req, product ? { [product.slug]: 1 } : req.session.basket);
  if (totals.lines.length === 0 || product?.stock === 0) return res.redirect(303, '/basket');
  if (product === undefined) req.session.basket = {};
  const { name, email, address } = person;
  finish(req, res, totals, { name, email, address, giftWrap: false });
});

checkout.get('/orders/:number', (req, res, next) => {
  const order = req.session.orders?.find(({ number }) => number === req.params.number);
  if (order === undefined) return next();
  res.render('order', { order });
});

function finish(req: Request, res: Response, totals: Totals, delivery: Delivery): void {
  const order = placeOrder(totals, delivery);
  req.session.orders = [...(req.session.orders ?? []), order];
  res.redirect(303, `/orders/${order.number}`);
}
