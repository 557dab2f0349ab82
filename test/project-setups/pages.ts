import { expect } from 'vitest';

/** The projects' page by user, and the dashboard with all it links: what the package brings beside its code. */
export async function expectPages(url: string): Promise<void> {
  expect(await textOf(url)).toBe('Hello.');
  expect(await textOf(url, '7'), 'picked by the class').toBe('Welcome back!');
  expect(await textOf(url, '8'), 'pinned by a user override').toBe('Welcome back!');

  const page = await fetch(new URL('/gatekeeper/', url));
  const html = await page.text();
  expect(page.status, html).toBe(200);
  expect(html).toContain('GREETING');
  const stylesheets = stylesheetsIn(html);
  expect(stylesheets).not.toEqual([]);
  for (const href of stylesheets) {
    const stylesheet = await fetch(new URL(href, page.url));
    expect(stylesheet.status, href).toBe(200);
    expect(stylesheet.headers.get('content-type'), href).toMatch(/^text\/css/);
    expect(await stylesheet.text(), href).toContain('{');
  }
}

export async function textOf(url: string | URL, user = ''): Promise<string> {
  const response = await fetch(url, { headers: { 'x-user': user } });
  return response.text();
}

function stylesheetsIn(html: string): readonly string[] {
  const links = [...html.matchAll(/<link\b[^>]*>/g)].map(([link]) => link);
  return links
    .filter((link) => link.includes('rel="stylesheet"'))
    .map((link) => /\bhref="([^"]+)"/.exec(link)?.[1] ?? `no href in ${link}`);
}
