import type { Request } from 'express';
import { type Country, countries, type Label } from '../people.js';

/** A field of the form as trimmed text; forms are written by strangers, so nothing else is believed about it. */
export function field(req: Request, name: string): string {
  const body: unknown = req.body;
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value.trim().slice(0, 500) : '';
}

/** A whole number between 0 and 99, or 1 for anything else. */
export function quantityField(req: Request): number {
  const text = field(req, 'quantity');
  return /^\d{1,2}$/.test(text) ? Number(text) : 1;
}

export function labelFields(req: Request): Label {
  return { name: field(req, 'name'), email: field(req, 'email'), address: field(req, 'address') };
}

/** One of the countries we send to; the first for anything else. */
export function countryField(req: Request): Country {
  const text = field(req, 'country');
  return Object.hasOwn(countries, text) ? (text as Country) : 'DE';
}

/** Where to go back to, if it is on this site; `//evil.example` and its disguises are not. */
export function sitePath(path: unknown): string {
  if (typeof path !== 'string' || !path.startsWith('/')) return '/';
  const home = 'http://marginalia.invalid';
  const url = URL.canParse(path, home) ? new URL(path, home) : undefined;
  if (url?.origin !== home || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search;
}
