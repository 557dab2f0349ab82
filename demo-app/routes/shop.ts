import { Router } from 'express';
import { catalogue, findProduct, recommended } from '../catalogue.js';

export const shop = Router();

shop.get('/', (_req, res) => {
  res.render('home', {
    products: catalogue().filter(({ slug }) => slug !== 'verdigris-ink'),
    early: findProduct('verdigris-ink'),
    recommended: recommended(['verdigris-ink']),
  });
});

shop.get('/products/:slug', (req, res, next) => {
  const product = findProduct(req.params.slug);
  if (product === undefined) return next();
  res.render('product', { product, recommended: recommended([product.slug]) });
});
