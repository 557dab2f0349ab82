import { afterEach, expect, it, vi } from 'vitest';
import { type Engine, findEngine, installCommand, missingMessage } from './engine.js';

const engine: Engine = { name: 'Shell', variable: 'SHELL_PATH', commands: ['no-such-shell', 'sh'], aptPackage: 'dash' };
const absent: Engine = { ...engine, commands: ['no-such-shell'] };

afterEach(() => {
  vi.unstubAllEnvs();
});

it('an engine is found on the path by the first of its commands that is there', () => {
  expect(findEngine(engine)).toMatch(/\/sh$/);
  expect(findEngine(absent)).toBeUndefined();
});

it('an engine is found where its variable says', () => {
  vi.stubEnv('SHELL_PATH', process.execPath);
  expect(findEngine(engine)).toBe(process.execPath);
});

it('a variable that names no executable is not overruled by a search', () => {
  vi.stubEnv('SHELL_PATH', '/no/such/shell');
  expect(findEngine(engine)).toBeUndefined();
  expect(missingMessage(engine)).toMatch(/^SHELL_PATH=\/no\/such\/shell is not an executable file: type "/);
});

it('a missing engine is named with the command that brings it', () => {
  expect(installCommand([absent])).toBe('sudo apt-get update && sudo apt-get install -y --no-install-recommends dash');
  expect(missingMessage(absent)).toBe(
    `Shell was not found: type "${installCommand([absent])}", or set SHELL_PATH to its executable`,
  );
});
