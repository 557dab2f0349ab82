import { describe, expect, it } from 'vitest';
import { type Logger, SafeLogger } from '../../src/runtime/logger.js';

function notes(): { readonly lines: string[]; readonly logger: SafeLogger } {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return {
    lines,
    logger: new SafeLogger({ debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }),
  };
}

describe('the safe logger', () => {
  it('writes each message at its level and says whose it is', () => {
    const { lines, logger } = notes();
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');
    expect(lines).toEqual(['debug gatekeeper: a', 'info gatekeeper: b', 'warn gatekeeper: c', 'error gatekeeper: d']);
  });

  it('keeps quiet at the levels that the app’s logger has not', () => {
    const logger = new SafeLogger({ warn: () => undefined, error: () => undefined });
    expect(() => {
      logger.debug('a');
      logger.info('b');
    }).not.toThrow();
  });

  it('calls the app’s logger as its method, as pino and winston need it', () => {
    class Counting {
      count = 0;

      warn(): void {
        this.count += 1;
      }

      error(): void {
        this.count += 1;
      }
    }
    const app = new Counting();
    new SafeLogger(app).warn('a');
    expect(app.count).toBe(1);
  });

  it('never passes on what the app’s logger throws', () => {
    const fail = (): never => {
      throw new Error('disk full');
    };
    const hostile = Object.defineProperty({ warn: fail }, 'error', { get: fail }) as unknown as Logger;
    const logger = new SafeLogger(hostile);
    expect(() => {
      logger.warn('a');
      logger.error('b');
      logger.once('warn', 'key', 'c');
    }).not.toThrow();
  });

  it('never lets an asynchronous logger that fails end the process', async () => {
    const unhandled: unknown[] = [];
    const listen = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', listen);
    const fail = async (): Promise<never> => {
      throw new Error('disk full');
    };
    new SafeLogger({ warn: fail as () => void, error: () => undefined }).warn('a');
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
  });
});

describe('once', () => {
  it('says something once per key, whatever the level and the words', () => {
    const { lines, logger } = notes();
    logger.once('warn', 'key', 'a');
    logger.once('warn', 'key', 'b');
    logger.once('error', 'key', 'c');
    logger.once('error', 'other', 'd');
    expect(lines).toEqual(['warn gatekeeper: a', 'error gatekeeper: d']);
  });

  it('keeps each logger’s own count', () => {
    const [one, other] = [notes(), notes()];
    one.logger.once('warn', 'key', 'a');
    other.logger.once('warn', 'key', 'a');
    expect(other.lines).toHaveLength(1);
  });

  it.each(['__proto__', 'constructor', ''])('takes %j for a key like any other', (key) => {
    const { lines, logger } = notes();
    logger.once('warn', key, 'a');
    logger.once('warn', key, 'a');
    expect(lines).toHaveLength(1);
  });

  it('has an end, so that nobody can fill the memory with keys', () => {
    const { lines, logger } = notes();
    for (let key = 0; key < 5000; key += 1) logger.once('warn', `key ${key}`, 'a');
    expect(lines.length).toBeLessThanOrEqual(1000);
  });
});
