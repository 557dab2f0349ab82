import type { Request } from 'express';
import session from 'express-session';
import type { Basket } from './basket.js';
import type { Order } from './order.js';

declare module 'express-session' {
  interface SessionData {
    /** The person who is logged in. Gatekeeper looks here by itself. */
    userId: number;
    basket: Basket;
    orders: readonly Order[];
  }
}

/** Sessions in memory: a shop of three customers forgets them when it closes. */
export function sessions(secret: string) {
  return session({
    name: 'marginalia',
    secret,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto' },
  });
}

/** A new session id at log-in, so that an id somebody planted before is worth nothing; the basket comes along. */
export async function logIn(req: Request, userId: number): Promise<void> {
  const { basket = {} } = req.session;
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error: unknown) => (error ? reject(error) : resolve()));
  });
  req.session.userId = userId;
  req.session.basket = basket;
}

export async function logOut(req: Request): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.destroy((error: unknown) => (error ? reject(error) : resolve()));
  });
}
