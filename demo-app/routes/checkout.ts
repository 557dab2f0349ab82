import { type Request, type Response, Router } from 'express';
import { requireFlag } from 'express-gatekeeper';
import type { Totals } from '../basket.js';
import { findProduct } from '../catalogue.js';
import { checkLabel, type Delivery, placeOrder } from '../order.js';
import { findPayment, payments } from '../payment.js';
import { personOf } from '../session.js';
import { basketTotals } from '../shipping.js';
import { field, labelFields } from './form.js';

export const checkout = Router();

checkout.get('/checkout', (req, res) => {
  const totals = basketTotals(req);
  if (totals.lines.length === 0) return res.redirect('/basket');
  const { name = '', email = '', address = '' } = personOf(req) ?? {};
  const delivery: Delivery = { name, email, address, payment: firstPayment(req), giftWrap: false, card: '' };
  res.render('checkout', { totals, delivery, payments, errors: {} });
});

checkout.post('/checkout', (req, res) => {
  const totals = basketTotals(req);
  if (totals.lines.length === 0) return res.redirect(303, '/basket');
  const giftWrap = req.gk.isEnabled('gift/wrap') && field(req, 'giftWrap') === 'yes';
  const delivery: Delivery = {
    ...labelFields(req),
    payment: findPayment(field(req, 'payment')),
    giftWrap,
    card: giftWrap && req.gk.isEnabled('gift/card') ? field(req, 'card') : '',
  };
  const errors = checkLabel(delivery);
  if (Object.keys(errors).length > 0) {
    return res.status(422).render('checkout', { totals, delivery, payments, errors });
  }
  req.session.basket = {};
  finish(req, res, totals, delivery);
});

/** The whole route stands behind a flag: whoever does not see the button gets a 404 here too. */
checkout.post('/express-checkout', requireFlag('EXPRESS_CHECKOUT', 'VISIBLE'), (req, res) => {
  const product = findProduct(field(req, 'slug'));
  const person = personOf(req);
  if (person === undefined) {
    return res.redirect(303, `/login?next=${product ? `/products/${product.slug}` : '/basket'}`);
  }
  const totals = basketTotals(req, product ? { [product.slug]: 1 } : req.session.basket);
  if (totals.lines.length === 0 || product?.stock === 0) return res.redirect(303, '/basket');
  if (product === undefined) req.session.basket = {};
  const { name, email, address } = person;
  finish(req, res, totals, { name, email, address, payment: findPayment('invoice'), giftWrap: false, card: '' });
});

checkout.get('/orders/:number', (req, res, next) => {
  const order = req.session.orders?.find(({ number }) => number === req.params.number);
  if (order === undefined) return next();
  res.render('order', { order });
});

/** The experiment: each variant carries the way to pay that is ticked when the form opens. */
function firstPayment(req: Request) {
  return findPayment(req.gk.value('checkout/first-payment', 'invoice'));
}

function finish(req: Request, res: Response, totals: Totals, delivery: Delivery): void {
  const order = placeOrder(totals, delivery);
  req.session.orders = [...(req.session.orders ?? []), order];
  res.redirect(303, `/orders/${order.number}`);
}
