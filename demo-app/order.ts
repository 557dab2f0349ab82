import { randomInt } from 'node:crypto';
import type { Totals } from './basket.js';
import type { Cents } from './money.js';

/** Where an order goes, as it was written into the form. */
export interface Delivery {
  readonly name: string;
  readonly email: string;
  readonly address: string;
  readonly giftWrap: boolean;
}

/** A copy of what was bought, so that a later price or name does not rewrite history. */
export interface Order {
  readonly number: string;
  readonly delivery: Delivery;
  readonly lines: readonly { readonly name: string; readonly quantity: number; readonly total: Cents }[];
  readonly shipping: Cents;
  readonly total: Cents;
}

export function placeOrder({ lines, shipping, total }: Totals, delivery: Delivery): Order {
  return {
    number: `M-${randomInt(100_000, 1_000_000)}`,
    delivery,
    lines: lines.map((line) => ({ name: line.product.name, quantity: line.quantity, total: line.total })),
    shipping,
    total,
  };
}

export type DeliveryErrors = { readonly [Field in 'name' | 'email' | 'address']?: string };

export function checkDelivery({ name, email, address }: Delivery): DeliveryErrors {
  return {
    ...(name === '' && { name: 'Write the name that should stand on the parcel.' }),
    ...(!/^\S+@\S+\.\S+$/.test(email) && { email: 'Write an e-mail address, such as mei@postcards.example.' }),
    ...(address.length < 8 && { address: 'Write street, town and post code, so that the parcel arrives.' }),
  };
}
