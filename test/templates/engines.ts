import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Express } from 'express';
import nunjucks from 'nunjucks';

type Engine = Parameters<Express['engine']>[1];

const require = createRequire(import.meta.url);
const VIEWS = join(import.meta.dirname, 'views');

/** Template engines that Express apps use, each with its own copy of the same views. */
export const ENGINES: readonly (readonly [name: string, use: (app: Express) => void])[] = [
  [
    'Nunjucks',
    (app) => {
      nunjucks.configure(VIEWS, { autoescape: true, express: app });
      app.set('view engine', 'njk');
    },
  ],
  ['EJS', (app) => engine(app, 'ejs', (require('ejs') as { readonly renderFile: Engine }).renderFile)],
  ['Pug', (app) => engine(app, 'pug', (require('pug') as { readonly __express: Engine }).__express)],
];

function engine(app: Express, extension: string, render: Engine): void {
  app.engine(extension, render);
  app.set('views', VIEWS);
  app.set('view engine', extension);
  app.enable('view cache');
}
