import express5 from 'express';
import express4 from 'express4';

export type ExpressModule = typeof express5;

/** Both majors that are supported; every promise here is kept on each. */
export const EXPRESSES = [
  ['Express 4', express4],
  ['Express 5', express5],
] as const;
