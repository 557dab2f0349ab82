/** The items in the list of a page, as they are written there. */
export function items(html: string): string[] {
  return [...html.matchAll(/<li>(.*?)<\/li>/gs)].map(([, item = '']) => item.trim());
}

/** A page in one line: its status, its title and its items; short, because an error page can be long. */
export function summary({ status, text }: { readonly status: number; readonly text: string }): string {
  const [, title = 'untitled'] = /<title>(.*?)<\/title>/s.exec(text) ?? [];
  return `${status} ${title}: ${items(text).join(', ')}`;
}
