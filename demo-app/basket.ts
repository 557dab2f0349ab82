import type { Cents } from './money.js';
import { type Product, products } from './products.js';

/**
 * What the session remembers: slug → quantity. Names and prices are looked up when they are shown, among all products: what
 * somebody put into the basket stays there when a flag takes it off the shelf.
 */
export type Basket = Readonly<Record<string, number>>;

export interface BasketLine {
  readonly product: Product;
  readonly quantity: number;
  readonly total: Cents;
}

export interface Totals {
  readonly lines: readonly BasketLine[];
  readonly goods: Cents;
  readonly shipping: Cents;
  readonly total: Cents;
  /** What is missing to free shipping; 0 when it is free. */
  readonly missing: Cents;
  readonly freeFrom: Cents;
}

const MOST_OF_ONE = 9;
const POSTAGE: Cents = 490;

/** A basket in which `slug` lies `quantity` times; none takes it out. */
export function put(basket: Basket, slug: string, quantity: number): Basket {
  const { [slug]: _, ...rest } = basket;
  return quantity < 1 ? rest : { ...rest, [slug]: Math.min(quantity, MOST_OF_ONE) };
}

export function add(basket: Basket, slug: string, quantity: number): Basket {
  return put(basket, slug, (basket[slug] ?? 0) + quantity);
}

export function count(basket: Basket): number {
  return Object.values(basket).reduce((sum, quantity) => sum + quantity, 0);
}

export function totals(basket: Basket, freeFrom: Cents): Totals {
  const lines = Object.entries(basket).flatMap(([slug, quantity]) => {
    const product = products.find((candidate) => candidate.slug === slug);
    return product === undefined ? [] : [{ product, quantity, total: product.price * quantity }];
  });
  const goods = lines.reduce((sum, line) => sum + line.total, 0);
  const missing = Math.max(0, freeFrom - goods);
  const shipping = lines.length === 0 || missing === 0 ? 0 : POSTAGE;
  return { lines, goods, shipping, total: goods + shipping, missing, freeFrom };
}
