import { describe, it } from 'vitest';
import { type Engine, findEngine, missingMessage } from './engine.js';

/**
 * A `describe` whose tests need a real engine. Without it they are skipped by name on a developer's machine and fail
 * under CI, where a test that silently does not run is worth nothing.
 */
export function describeWith(engine: Engine, title: string, body: (executable: string) => void): void {
  const executable = findEngine(engine);
  if (executable) {
    describe(title, () => body(executable));
    return;
  }
  const message = missingMessage(engine);
  if (process.env.CI === 'true') {
    it(`${title} runs against a real ${engine.name}`, () => {
      throw new Error(message);
    });
  } else {
    process.stderr.write(`skipped: ${title}. ${message}\n`);
    it(`${title} (${message})`, (context) => context.skip(message));
  }
}
