import { postgresStore } from 'express-gatekeeper/stores/postgres';
import { expect, it, vi } from 'vitest';

vi.mock('node:module', () => ({
  createRequire: () => (name: string) => {
    throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
  },
}));

it('without pg the store says what to install', () => {
  expect(() => postgresStore('postgres://localhost/shop')).toThrow(
    'The Postgres store needs the package pg: npm install pg',
  );
});
