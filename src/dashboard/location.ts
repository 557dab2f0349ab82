/** Where a request stands inside the dashboard. */
export interface Location {
  /** The path below the mount, byte for byte as it came: nothing decodes or normalises it, so no trick survives it. */
  readonly path: string;
  readonly search: string;
  /** The way back to the dashboard's first page, relative, because a proxy may have cut a prefix that we never see. */
  readonly root: `./${string}`;
}

/**
 * @param url what is left of the URL below the mount (Express's `req.url`)
 * @param originalUrl the URL as it reached the app (Express's `req.originalUrl`)
 */
export function locate(url: string, originalUrl: string): Location {
  const [path, search] = partsOf(url);
  const [fullPath] = partsOf(originalUrl);
  if (path === '/' && !fullPath.endsWith('/')) {
    // Opened as `/gatekeeper`: seen from there, the dashboard is one step down.
    return { path, search, root: `./${fullPath.slice(fullPath.lastIndexOf('/') + 1)}/` };
  }
  const depth = path.split('/').length - 2;
  return { path, search, root: `./${'../'.repeat(Math.max(depth, 0))}` };
}

/** True where relative links would lead beside the dashboard: it was opened without its trailing slash. */
export function lacksSlash({ path, root }: Location): boolean {
  return path === '/' && root !== './';
}

function partsOf(url: string): [path: string, search: string] {
  const local = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
  const mark = local.indexOf('?');
  return mark < 0 ? [local || '/', ''] : [local.slice(0, mark) || '/', local.slice(mark)];
}
