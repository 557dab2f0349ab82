import { createRequire } from 'node:module';
import express5 from 'express';

export type ExpressModule = typeof express5;

const express4 = createRequire(import.meta.url)('express4') as ExpressModule;

/** Both majors that are supported; every promise here is kept on each. */
export const EXPRESSES = [
  ['Express 4', express4],
  ['Express 5', express5],
] as const;
