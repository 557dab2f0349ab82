import { describe, expect, it } from 'vitest';
import { lacksSlash, locate } from '../../src/dashboard/location.js';

/** Where a browser at `page` ends up when it follows the way back to the first page. */
function followed(page: string, url: string): string {
  return new URL(locate(url, page).root, `http://app.example${page}`).pathname;
}

describe('the way back to the first page', () => {
  it.each([
    ['/gatekeeper/', '/', '/gatekeeper/'],
    ['/gatekeeper/share', '/share', '/gatekeeper/'],
    ['/gatekeeper/share?next=/a/b', '/share?next=/a/b', '/gatekeeper/'],
    ['/gatekeeper', '/', '/gatekeeper/'],
    ['/gatekeeper?q=a/b', '/?q=a/b', '/gatekeeper/'],
    ['/gatekeeper/a/b/c', '/a/b/c', '/gatekeeper/'],
    ['/gatekeeper/a/', '/a/', '/gatekeeper/'],
    ['/gatekeeper//a', '//a', '/gatekeeper/'],
    ['/admin/flags/share', '/share', '/admin/flags/'],
    ['/admin/flags', '/', '/admin/flags/'],
    ['/', '/', '/'],
    ['/share', '/share', '/'],
  ])('leads from %s (below the mount %s) to %s', (page, url, expected) => {
    expect(followed(page, url)).toBe(expected);
  });

  it('holds behind a proxy that cuts a prefix off', () => {
    const { root } = locate('/share', '/gatekeeper/share');
    expect(new URL(root, 'https://example.com/tools/gatekeeper/share').pathname).toBe('/tools/gatekeeper/');
  });

  it.each(['https:', 'javascript:alert(1)', '\\evil.example', '..', ''])(
    'never leaves the site: mounted at %j',
    (segment) => {
      const { root } = locate('/', `/${segment}`);
      expect(new URL(root, 'https://app.example/x').origin).toBe('https://app.example');
    },
  );
});

describe('where a request stands', () => {
  it.each([
    ['/share?flag=a', '/share', '?flag=a'],
    ['/share', '/share', ''],
    ['/?', '/', '?'],
    ['http://app.example/share?x', '/share', '?x'],
    ['http://app.example', '/', ''],
    ['/a?b#c', '/a', '?b'],
    ['*', '*', ''],
  ])('%s is at %s with the query %j', (url, path, search) => {
    expect(locate(url, `/gatekeeper${url}`)).toMatchObject({ path, search });
  });

  it('is beside the dashboard only without the trailing slash', () => {
    expect(lacksSlash(locate('/', '/gatekeeper'))).toBe(true);
    expect(lacksSlash(locate('/', '/gatekeeper/'))).toBe(false);
    expect(lacksSlash(locate('/share', '/gatekeeper/share'))).toBe(false);
  });
});
