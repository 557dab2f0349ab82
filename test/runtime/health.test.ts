import { describe, expect, it } from 'vitest';
import { Health } from '../../src/runtime/health.js';
import { SafeLogger } from '../../src/runtime/logger.js';

function aHealth() {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  const time = { now: 100 };
  const logger = new SafeLogger({ info: at('info'), warn: at('warn'), error: at('error') });
  return { lines, time, health: new Health(logger, () => time.now) };
}

const problem = { kind: 'flag', name: 'a', message: 'flags.yaml:2: Flag "a" is "maybe".' } as const;

describe('health', () => {
  it('is ready when all is in use', () => {
    const { health } = aHealth();
    expect(health.report([])).toEqual({ status: 'ready', problems: [] });
    expect(health.stale).toBe(false);
  });

  it('is degraded by definitions that are not used, and the first says why', () => {
    const other = { ...problem, name: 'b', message: 'other' };
    expect(aHealth().health.report([problem, other])).toEqual({
      status: 'degraded',
      cause: problem.message,
      problems: [problem, other],
    });
  });

  it('is stale since newer flags could not be read, whatever else is wrong', () => {
    const { health, time } = aHealth();
    health.unwell('ENOENT.');
    time.now = 200;
    expect(health.report([problem])).toEqual({ status: 'stale', cause: 'ENOENT.', since: 100, problems: [problem] });
    expect(health.stale).toBe(true);
  });

  it('keeps since when, though the cause changes', () => {
    const { health, time } = aHealth();
    health.unwell('ENOENT.');
    time.now = 200;
    health.unwell('EISDIR.');
    expect(health.report([])).toMatchObject({ cause: 'EISDIR.', since: 100 });
  });

  it('says each cause once, and once that all is well again', () => {
    const { health, lines } = aHealth();
    health.well('Read again.');
    for (const cause of ['ENOENT.', 'ENOENT.', 'EISDIR.']) health.unwell(cause);
    health.well('Read again.');
    health.well('Read again.');
    health.unwell('ENOENT.');
    expect(lines).toEqual([
      'error gatekeeper: ENOENT. The last good flags stay in use.',
      'error gatekeeper: EISDIR. The last good flags stay in use.',
      'info gatekeeper: Read again.',
      'error gatekeeper: ENOENT. The last good flags stay in use.',
    ]);
  });
});
