import { Router } from 'express';
import { flag } from 'express-gatekeeper';
import { catalogue, findProduct } from '../catalogue.js';
import type { Product } from '../products.js';

export const api = Router();

api.get('/api/products', (_req, res) => {
  const products = catalogue().map(toJson);
  res.json({ ...(flag('api/count') && { count: products.length }), products });
});

api.get('/api/products/:slug', (req, res, next) => {
  const product = findProduct(req.params.slug);
  if (product === undefined) return next();
  res.json(toJson(product));
});

/** `stock` is there for those who see it and absent, rather than null, for everyone else. */
function toJson({ slug, name, kind, price, stock }: Product) {
  return {
    slug,
    name,
    kind,
    price: { cents: price, currency: 'EUR' },
    available: stock > 0,
    ...(flag('STOCK_LEVEL', 'SHOWN') && { stock }),
  };
}
