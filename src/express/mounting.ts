import type { Application, NextFunction, Request, Response } from 'express';

type Middleware = (request: Request, response: Response, next: NextFunction) => void;

/**
 * Lets a middleware know the app it is used in. Express tells that to whatever looks like an app itself, which is to have
 * `handle` and `set`, by the event `mount` (application.js, `app.use`, in versions 4 and 5).
 */
export function onMount(middleware: Middleware, mounted: (app: Application) => void): void {
  const hidden = (value: unknown): PropertyDescriptor => ({ value, enumerable: false });
  Object.defineProperties(middleware, {
    handle: hidden(middleware),
    set: hidden(() => middleware),
    emit: hidden((event: string, app: Application) => {
      if (event === 'mount') mounted(app);
    }),
  });
}
