import { flag } from 'express-gatekeeper';
import { type Product, products } from './products.js';

const earlyAccess = 'verdigris-ink';

/** What this request may see. No `req` is handed down to here: `flag()` finds the request it runs below. */
export function catalogue(): readonly Product[] {
  return flag('early-access/verdigris') ? products : products.filter(({ slug }) => slug !== earlyAccess);
}

export function findProduct(slug: unknown): Product | undefined {
  return catalogue().find((product) => product.slug === slug);
}

/** Three things for the shelf, the rarest first and of different kinds, because a shelf of three pens is a drawer. */
export function recommended(besides: readonly string[] = []): readonly Product[] {
  const rarest = catalogue()
    .filter(({ slug, stock }) => stock > 0 && !besides.includes(slug))
    .toSorted((one, other) => one.stock - other.stock);
  const firstOfKind = rarest.filter(({ kind }, index) => rarest.findIndex((other) => other.kind === kind) === index);
  return [...firstOfKind, ...rarest.filter((product) => !firstOfKind.includes(product))].slice(0, 3);
}
