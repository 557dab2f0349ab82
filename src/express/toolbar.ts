import { createRequire } from 'node:module';
import { GatekeeperError, shown } from '../errors.js';
import type { FlagRead } from '../evaluation/flag-reader.js';
import type { Runtime } from '../runtime/runtime.js';

const require = createRequire(import.meta.url);

/** What `gk.toolbar()` takes. */
export interface ToolbarOptions {
  /**
   * Where browsers find the dashboard, by default `/gatekeeper`: the toolbar's script and style come from there, and its
   * buttons lead there. Said by the layout, because only the app knows: a proxy may put a prefix before what it sees itself.
   */
  readonly at?: string;
  /** The nonce of this page's Content-Security-Policy, where scripts need one. */
  readonly nonce?: string;
}

/** A flag that a page read, and what else it could be. */
export interface ToolbarFlag extends FlagRead {
  /** Why, in one sentence. */
  readonly why: string;
  readonly variants: readonly string[];
  /** The off variant. */
  readonly offVariant: string;
  readonly overridable: boolean;
}

interface Shown {
  /** What the page read; `undefined` for whoever is not to know. */
  readonly flags: readonly ToolbarFlag[] | undefined;
  /** What this browser is set to, on this page or elsewhere. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly runtime: Runtime;
  readonly options: ToolbarOptions;
}

const withDashboard = new WeakSet<Runtime>();

/** Lets the toolbar know that this app has a dashboard. */
export function tellOfDashboard(runtime: Runtime): void {
  withDashboard.add(runtime);
}

/**
 * A strip for the end of a page: what it read, and which of it this browser overrides. Plain markup that stands under any
 * Content-Security-Policy, its look up to the page (`.gatekeeper-toolbar`); where there is a dashboard, its script puts a toolbar
 * in its place, with a look of its own.
 *
 * @throws GatekeeperError `INVALID_OPTION`
 */
export function toolbar({ flags, overrides, runtime, options }: Shown): { toString(): string } {
  const at = placeOf(options, runtime);
  if (flags === undefined) return safe('');
  if (at === undefined) return safe(plain(flags, overrides));
  const data = escaped(JSON.stringify({ flags, overrides }));
  const nonce = options.nonce === undefined ? '' : ` nonce="${escaped(options.nonce)}"`;
  return safe(
    `<gatekeeper-toolbar data-toolbar="${data}">${plain(flags, overrides, at)}</gatekeeper-toolbar>` +
      `<script type="module" src="${escaped(at)}/toolbar.js"${nonce}></script>`,
  );
}

/** Where the dashboard is, without a last slash; `undefined` when there is none. */
function placeOf({ at }: ToolbarOptions, runtime: Runtime): string | undefined {
  if (at === undefined) return withDashboard.has(runtime) ? '/gatekeeper' : undefined;
  // A path of this site: elsewhere the browser's overrides would not arrive.
  if (typeof at === 'string' && /^\/(?![/\\])/.test(at)) return at.replace(/\/+$/, '');
  throw new GatekeeperError(
    'INVALID_OPTION',
    `toolbar() was given ${shown(at)} for at; it takes the path of the dashboard, e.g. gk.toolbar({ at: '/gatekeeper' }).`,
  );
}

function plain(flags: readonly ToolbarFlag[], overrides: Readonly<Record<string, string>>, at?: string): string {
  const count = Object.keys(overrides).length;
  const items = flags.map(
    ({ flag, variant, reason }) =>
      `<li data-reason="${reason}"><code>${escaped(flag)}</code> <b>${escaped(variant)}</b>${Object.hasOwn(overrides, flag) ? ' <i>override</i>' : ''}</li>`,
  );
  const link = at === undefined ? '' : `<p><a href="${escaped(at)}/">All flags</a></p>`;
  return (
    `<aside class="gatekeeper-toolbar" aria-label="Feature flags on this page" data-overrides="${count}"><details><summary>` +
    `${flags.length} ${flags.length === 1 ? 'flag' : 'flags'} read${count > 0 ? `, ${count} overridden in this browser` : ''}` +
    `</summary><ul>${items.join('')}</ul>${link}</details></aside>`
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
