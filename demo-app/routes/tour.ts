import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router } from 'express';

/** Read from the files themselves, so that the page never shows code the shop does not run. */
const source = (file: string): string => readFileSync(join(import.meta.dirname, '../flags', file), 'utf8').trim();

const stops = [
  {
    flag: 'RECOMMENDATIONS',
    title: 'A whole section',
    where: { href: '/#counter', text: 'The shelf on the first page' },
    text: 'Everyone sees it in development. Set this browser to NOT_VISIBLE, and the shelf is gone: for you alone.',
    code: source('recommendations.ts'),
  },
  {
    flag: 'EXPRESS_CHECKOUT',
    title: 'A button for two people',
    where: { href: '/products/evening-journal', text: 'A product page' },
    text: 'Ada gets it from the code, Bruno from a user override. Log in as either, or override it without logging in. The route behind the button stands behind the same flag.',
    code: source('express-checkout.ts'),
  },
  {
    flag: 'STOCK_LEVEL',
    title: 'A field in an API response',
    where: { href: '/api/products', text: 'GET /api/products' },
    text: 'Premium customers, and Mei by name, find a field "stock" in each product. Everyone else gets the same JSON without it.',
    code: source('stock-level.ts'),
  },
  {
    flag: 'FREE_SHIPPING',
    title: 'A flag that carries a number',
    where: { href: '/basket', text: 'The basket' },
    text: 'Each variant is a basket value in cents. Log in as Bruno or Mei and watch the postage.',
    code: source('free-shipping.ts'),
  },
  {
    flag: 'CHECKOUT_BUTTON',
    title: 'An experiment with three wordings',
    where: { href: '/basket', text: 'The button under the basket' },
    text: 'Half of all browsers read the plain sign, a quarter each of the others. It sticks to the browser, also through log-in.',
    code: source('checkout-button.ts'),
  },
  {
    flag: 'basket/green-button',
    title: 'Plain data, no class',
    where: { href: '/products/field-notebook', text: 'A product page' },
    text: 'Half of all visitors see a green button. Beside it live a switch (gift-wrap) and a list of people (early-access/verdigris).',
    code: source('definitions.ts'),
  },
] as const;

export const tour = Router();

tour.get('/tour', (req, res) => {
  res.render('tour', {
    stops: stops.map((stop) => ({
      ...stop,
      variant: req.gk.ffVariant(stop.flag),
      why: req.gk.explain(stop.flag).text,
    })),
  });
});

tour.get('/trouble', () => {
  throw new Error('The ink was knocked over, on purpose: this address shows the error page.');
});
