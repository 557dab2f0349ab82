import type { FlagStore, GatekeeperOptions } from 'express-gatekeeper';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import { aVisitor, type Visitor } from './an-app.js';

/** Noon of the day that tests are about. */
export const NOON = Date.UTC(2027, 0, 1, 12);

type Change = Parameters<FlagStore['apply']>[1];

export interface Shelf {
  readonly store: FlagStore;
  readonly visitor: Visitor;
  /** Makes a change behind the app's back, a minute after the last one. */
  put(change: Change, comment?: string, environment?: string): Promise<number>;
}

type Rights = readonly ('view' | 'override' | 'edit' | 'kill')[];

interface ShelfOptions {
  readonly can?: Rights;
  readonly gatekeeper?: GatekeeperOptions;
  readonly store?: FlagStore;
}

/** An app whose flags are in a store, and a person who opens its dashboard a day after noon. */
export async function aShelf(changes: readonly Change[] = [], options: ShelfOptions = {}): Promise<Shelf> {
  const { can = ['view', 'override', 'edit', 'kill'], store = memoryStore() } = options;
  let at = NOON;
  const put: Shelf['put'] = async (change, comment = '', environment = 'default') => {
    const revision = await store.apply(environment, change, { by: 'ann', comment, at });
    at += 60_000;
    return revision;
  };
  for (const change of changes) await put(change);
  const visitor = await aVisitor({
    options: { authorize: () => ({ by: 'bob', can }) },
    gatekeeper: { flags: [], store, clock: () => NOON + 86_400_000, ...options.gatekeeper },
  });
  return { store, visitor, put };
}

/** The fields of the form on a page that is sent to `action`. */
export function fieldsOf(html: string, action: string): Record<string, string> {
  const form = html.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
  const inputs = [...(form.split('</form>')[0]?.matchAll(/name="([^"]+)"(?: id="[^"]*")? value="([^"]*)"/g) ?? [])];
  return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value]));
}

/** What a page says, without its markup. */
export function textOf(html: string): string {
  const main = html.slice(html.indexOf('<main'));
  return (
    main
      .replace(/<(script|datalist).*?<\/\1>/gs, '')
      // Within a word nothing is to be read as a space.
      .replace(/<\/?(?:b|bdi|strong|em|time|span|q|a)\b[^>]*>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/&#39;/g, "'")
      .replace(/&quot;/g, '"')
      .replace(/\s+/g, ' ')
  );
}
