import type { RequestHandler } from 'express';
import type { Log } from '../log.js';
import { personOf } from '../session.js';

/** What was asked and answered; for those who debug also for whom, and how long it took. */
export function requestLog(log: Log): RequestHandler {
  return (req, res, next) => {
    const begin = performance.now();
    const who = personOf(req)?.name ?? 'a visitor';
    res.once('finish', () => {
      log.info(`${req.method} ${req.originalUrl} ${res.statusCode}`);
      log.debug(`  for ${who}, in ${(performance.now() - begin).toFixed(1)} ms`);
    });
    next();
  };
}
