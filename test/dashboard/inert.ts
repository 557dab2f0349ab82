/** The scripts of ours, by their content. */
const OURS = /<script type="module" src="(?:\.{1,2}\/)+[a-z]+\.js\?v=[\w-]{16}"><\/script>/g;

/** Elements that run or load something. */
const ACTIVE = /<(?:script|style|img|iframe|object|embed|base|math|template)\b/gi;

/** What in a page a browser would run, load or take for markup that is none of ours. Nothing, however hostile its texts are. */
export function aliensIn(html: string): string[] {
  const page = html.replace(OURS, '');
  // Within a tag of ours values are quoted, and nothing in them can be a quote or an angle.
  const tags = [...page.matchAll(/<[a-z][^>]*>/gi)].map(([tag]) => tag.replace(/="[^"]*"/g, '=""'));
  return [
    ...(page.match(ACTIVE) ?? []),
    // `{{7*7}}`, if it were taken for a template.
    ...(page.match(/\b49\b/g) ?? []),
    ...tags.filter((tag) => /\s(?:on\w+|style|srcdoc)=|['`{}]|=(?!"")/i.test(tag)),
  ];
}
