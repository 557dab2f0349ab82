import type { Request } from 'express';
import session from 'express-session';
import type { Basket } from './basket.js';
import type { Order } from './order.js';
import { findPerson, type Person } from './people.js';

declare module 'express-session' {
  interface SessionData {
    /** The person who is logged in. Gatekeeper looks here by itself. */
    userId: number;
    /** Whoever opened an account in this browser; the shop keeps no other book of its customers. */
    customer: Person;
    basket: Basket;
    orders: readonly Order[];
    /** Said once, on the next page. */
    notice: string;
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

/** Who is logged in. */
export function personOf({ session: { userId, customer } }: Request): Person | undefined {
  return customer ?? findPerson(userId);
}

/** A new session id at log-in, so that an id somebody planted before is worth nothing; the basket comes along. */
export async function logIn(req: Request, person: Person): Promise<void> {
  const { basket = {} } = req.session;
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error: unknown) => (error ? reject(error) : resolve()));
  });
  Object.assign(req.session, { userId: person.id, basket });
  if (findPerson(person.id) === undefined) req.session.customer = person;
}

export async function logOut(req: Request): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.destroy((error: unknown) => (error ? reject(error) : resolve()));
  });
}

/** Says something on the next page, to this visitor only. */
export function leaveNotice(req: Request, text: string): void {
  req.session.notice = text;
}

export function takeNotice(req: Request): string | undefined {
  const { notice } = req.session;
  delete req.session.notice;
  return notice;
}
