/** The flags that are classes, each in a file of its own. */
export const classStops = [
  {
    flag: 'RECOMMENDATIONS',
    title: 'A whole section',
    where: { href: '/#counter', text: 'The shelf on the first page' },
    text: 'Everyone sees it in development. Set this browser to NOT_VISIBLE, and the shelf is gone: for you alone.',
    file: 'recommendations.ts',
  },
  {
    flag: 'EXPRESS_CHECKOUT',
    title: 'A button for two people',
    where: { href: '/products/evening-journal', text: 'A product page' },
    text: 'Ada gets it from the code, Bruno from a user override. Log in as either, or override it without logging in. The route behind the button stands behind the same flag.',
    file: 'express-checkout.ts',
  },
  {
    flag: 'STOCK_LEVEL',
    title: 'A field of each product',
    where: { href: '/api/products', text: 'GET /api/products' },
    text: 'Premium customers, and Mei by name, find a field "stock" in each product. Everyone else gets the same JSON without it.',
    file: 'stock-level.ts',
  },
  {
    flag: 'FREE_SHIPPING',
    title: 'A flag that carries a number',
    where: { href: '/basket', text: 'The basket' },
    text: 'Each variant is a basket value in cents. Log in as Bruno or Mei and watch the postage.',
    file: 'free-shipping.ts',
  },
  {
    flag: 'CHECKOUT_BUTTON',
    title: 'An experiment with three wordings',
    where: { href: '/basket', text: 'The button under the basket' },
    text: 'Half of all browsers read the plain sign, a quarter each of the others. It sticks to the browser, also through log-in.',
    file: 'checkout-button.ts',
  },
] as const;
