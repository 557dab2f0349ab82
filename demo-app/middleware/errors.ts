import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Log } from '../log.js';

export const notFound: RequestHandler = (req, res) => {
  answer(req, res, 404, 'not-found');
};

export function failed(log: Log): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    const status = statusOf(error);
    if (status >= 500)
      log.error(`${req.method} ${req.originalUrl} failed: ${error instanceof Error ? error.stack : error}`);
    answer(req, res, status, status === 404 ? 'not-found' : 'trouble');
  };
}

function answer(req: Request, res: Response, status: number, view: string): void {
  res.status(status);
  if (req.path.startsWith('/api/')) {
    res.json({ error: status === 404 ? 'There is nothing at this address.' : 'Something went wrong.' });
  } else {
    res.render(view, { status });
  }
}

/** Express marks what the client did wrong (a broken escape, an oversized form) with a 4xx status; the rest is our fault. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 600 ? status : 500;
}
