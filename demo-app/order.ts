import { randomInt } from 'node:crypto';
import type { Totals } from './basket.js';
import type { Cents } from './money.js';
import type { Payment } from './payment.js';
import type { Label } from './people.js';

/** Where an order goes and how, as it was written into the form. */
export interface Delivery extends Label {
  readonly payment: Payment;
  readonly giftWrap: boolean;
  /** What is written on the card that comes with a gift; empty for none. */
  readonly card: string;
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

export type LabelErrors = { readonly [Field in keyof Label]?: string };

export function checkLabel({ name, email, address }: Label): LabelErrors {
  return {
    ...(name === '' && { name: 'Write the name that should stand on the parcel.' }),
    ...(!/^\S+@\S+\.\S+$/.test(email) && { email: 'Write an e-mail address, such as mei@postcards.example.' }),
    ...(address.length < 8 && { address: 'Write street, town and post code, so that the parcel arrives.' }),
  };
}
