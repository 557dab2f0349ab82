import { createRequire } from 'node:module';
import type { FlagRead } from '../evaluation/flag-reader.js';

const require = createRequire(import.meta.url);

/**
 * A strip for the end of a page: what it read, and which of it this browser overrides. Markup only, so that it stands under
 * any Content-Security-Policy; its look is up to the page (`.gatekeeper-toolbar`).
 */
export function toolbar(
  reads: readonly FlagRead[] | undefined,
  overrides: Readonly<Record<string, string>>,
): { toString(): string } {
  return safe(reads === undefined ? '' : markup(reads, overrides));
}

function markup(reads: readonly FlagRead[], overrides: Readonly<Record<string, string>>): string {
  const count = Object.keys(overrides).length;
  const items = reads.map(
    ({ flag, variant, reason }) =>
      `<li data-reason="${reason}"><code>${escaped(flag)}</code> <b>${escaped(variant)}</b>${Object.hasOwn(overrides, flag) ? ' <i>override</i>' : ''}</li>`,
  );
  return (
    `<aside class="gatekeeper-toolbar" aria-label="Feature flags on this page" data-overrides="${count}"><details><summary>` +
    `${reads.length} ${reads.length === 1 ? 'flag' : 'flags'} read${count > 0 ? `, ${count} overridden in this browser` : ''}` +
    `</summary><ul>${items.join('')}</ul></details></aside>`
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Nunjucks escapes every string but its own kind of safe one; it is loaded only once somebody shows a toolbar. */
function safe(html: string): { toString(): string } {
  const { runtime } = require('nunjucks') as { readonly runtime: { markSafe(text: string): { toString(): string } } };
  return runtime.markSafe(html);
}
