import { Router } from 'express';
import { add, put } from '../basket.js';
import { findProduct } from '../catalogue.js';
import { basketTotals } from '../shipping.js';
import { field, quantityField } from './form.js';

export const basket = Router();

basket.get('/basket', (req, res) => {
  res.render('basket', {
    totals: basketTotals(req),
    checkoutButton: req.gk.match('CHECKOUT_BUTTON', {
      PLAIN: () => 'Go to checkout',
      WARM: () => 'Wrap it up for me',
      SURE: () => 'Checkout, with 30 days to return',
    }),
  });
});

basket.post('/basket', (req, res, next) => {
  const product = findProduct(field(req, 'slug'));
  if (product === undefined || product.stock === 0) return next();
  req.session.basket = add(req.session.basket ?? {}, product.slug, quantityField(req));
  res.redirect(303, '/basket');
});

basket.post('/basket/change', (req, res) => {
  const { basket: before = {} } = req.session;
  const slug = field(req, 'slug');
  if (Object.hasOwn(before, slug)) req.session.basket = put(before, slug, quantityField(req));
  res.redirect(303, '/basket');
});
