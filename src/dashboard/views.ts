import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';

/** Two folders up from `src/dashboard` as from `dist/dashboard`. */
export const VIEWS = new URL('../../views/', import.meta.url);

/**
 * The dashboard's own templates, apart from the app's Nunjucks. Autoescape is what keeps names and texts from the flags inert;
 * a name that a template expects and does not get is an error, not an empty spot on the page.
 */
export function openViews(): (view: string, model: object) => string {
  const views = new nunjucks.Environment(new nunjucks.FileSystemLoader(fileURLToPath(VIEWS)), {
    autoescape: true,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  return (view, model) => views.render(`pages/${view}.njk`, model);
}
