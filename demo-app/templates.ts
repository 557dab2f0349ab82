import { join } from 'node:path';
import type { Express } from 'express';
import nunjucks from 'nunjucks';
import { money } from './money.js';

/** The engine knows how to write a price and nothing about any visitor. */
export function useTemplates(app: Express): void {
  const engine = nunjucks.configure(join(import.meta.dirname, 'views'), {
    autoescape: true,
    express: app,
    noCache: app.get('env') === 'development',
  });
  engine.addFilter('money', money);
  app.set('view engine', 'njk');
}
