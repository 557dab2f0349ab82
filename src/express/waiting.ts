import type { Request } from 'express';
import type { RuntimeOptions } from '../runtime/options.js';
import type { Runtime } from '../runtime/runtime.js';

/** What a request waits for before the next middleware: the first load, and in strong mode the store's word that nothing is newer. */
export class Waiting {
  readonly #runtime: Runtime;
  readonly #asks: boolean;
  readonly #except: readonly string[];

  constructor(runtime: Runtime, consistency: RuntimeOptions['consistency'] = 'cached') {
    this.#runtime = runtime;
    this.#asks = consistency !== 'cached' && runtime.asksWithDelay;
    this.#except = (typeof consistency === 'object' ? (consistency.except ?? []) : []).map(withoutSlash);
  }

  /** `undefined` when there is nothing to wait for. Never rejects: what is known then serves, and says that it is stale. */
  before(request: Request): Promise<void> | undefined {
    const { awaited } = this.#runtime;
    if ((awaited === undefined && !this.#asks) || this.#isLeftOut(request)) return undefined;
    // The first load may have been sent before a change that was acknowledged before this request came.
    return awaited === undefined ? this.#freshly() : awaited.then(() => this.#freshly());
  }

  #freshly(): Promise<void> | undefined {
    // While the store is known to be out of reach, who comes need not find that out anew.
    if (!this.#asks || this.#runtime.stale) return undefined;
    return this.#runtime.fresh().catch(() => undefined);
  }

  #isLeftOut({ originalUrl }: Request): boolean {
    return this.#except.some(
      (path) => originalUrl.startsWith(path) && ['', '/', '?', '#'].includes(originalUrl.charAt(path.length)),
    );
  }
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}
