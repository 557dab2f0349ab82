import type { Request, Response } from 'express';
import { GatekeeperError } from '../errors.js';
import type { Attributes } from '../evaluation/context.js';
import { FlagReader } from '../evaluation/flag-reader.js';
import type { FlagName, FlagVariants, VariantName } from '../evaluation/register.js';
import type { SnapshotSource } from '../evaluation/snapshot.js';
import { Subject } from '../evaluation/subject.js';
import type { UserId } from '../evaluation/user-id.js';
import { keepOutOfCaches } from './caching.js';
import { RequestSubject } from './request-subject.js';
import type { Services } from './services.js';
import { type ToolbarFlag, type ToolbarOptions, toolbar } from './toolbar.js';

/** `req.gk`: the flags of one request, and the overrides of the browser it came from. */
export class RequestGatekeeper extends FlagReader {
  readonly #services: Services;
  readonly #request: Request;
  readonly #response: Response;
  /** What the browser will hold after this response, once something was set. */
  #written: Map<string, string> | undefined;

  constructor(services: Services, request: Request, response: Response) {
    super(new RequestSubject(services, request, response));
    if (services.recordsReads) this.recordReads();
    this.#services = services;
    this.#request = request;
    this.#response = response;
  }

  /** Whether it was made by the `gatekeeper()` with these services. */
  isOf(services: Services): boolean {
    return this.#services === services;
  }

  /** Waits for asynchronous attributes of the user known by now. Flags read before stay as they were read. */
  async ready(): Promise<void> {
    await this.#subject.loadAttributes();
  }

  /** Whether this request may use and set browser overrides. */
  mayOverride(): boolean {
    return this.#services.overrides.admits(this.#request);
  }

  /** Flag → variant, as this browser is set now; only what is in force. The record has no prototype. */
  getBrowserOverrideVariants(): FlagVariants;
  getBrowserOverrideVariants(): Record<string, string> {
    const inForce: Record<string, string> = Object.create(null);
    for (const [flag, variant] of this.#subject.browserOverrides) {
      if (this.#takes(flag, variant)) inForce[flag] = variant;
    }
    return inForce;
  }

  /**
   * Sets this browser to a variant, or with `''` back to what everyone gets; in force from the next request on.
   *
   * @returns false for an unknown flag or variant, a flag that takes no overrides, or when this request may not override
   * @throws GatekeeperError `HEADERS_SENT` when the response is already on its way
   */
  setBrowserOverrideVariant<F extends FlagName>(flag: F, variant: VariantName<F> | ''): boolean;
  setBrowserOverrideVariant(flag: string, variant: string): boolean {
    this.#assertHeadersOpen('set an override');
    if (!this.#takes(flag, variant) || !this.mayOverride()) return false;
    const overrides = new Map(this.#written ?? Object.entries(this.getBrowserOverrideVariants()));
    if (variant === '') overrides.delete(flag);
    else overrides.set(flag, variant);
    return this.#write(overrides);
  }

  /**
   * Takes all overrides off this browser, from the next request on. Anybody may: it gives no right to anything.
   *
   * @throws GatekeeperError `HEADERS_SENT` when the response is already on its way
   */
  clearBrowserOverrideVariants(): boolean {
    this.#assertHeadersOpen('clear the overrides');
    return this.#write(new Map());
  }

  /**
   * What this page read, as HTML for the end of a layout: `{{ gk.toolbar() }}` in Nunjucks (marked safe there),
   * `<%- gk.toolbar() %>` in EJS, `!= gk.toolbar()` in Pug. With a dashboard it has buttons to switch what was read. Empty for
   * whoever may not use browser overrides.
   *
   * @throws GatekeeperError `INVALID_OPTION` when `at` is not a path
   */
  toolbar(options: ToolbarOptions = {}): { toString(): string } {
    const { runtime, overrides } = this.#services;
    // An app that shows it once shows it on every page: from now on all requests note what they read.
    this.#services.recordsReads = true;
    this.recordReads();
    const admitted = overrides.vouches(this.#request);
    // Others are not to see it, and a cache would show them.
    if (admitted) keepOutOfCaches(this.#response);
    const flags = admitted ? this.#readFlags() : undefined;
    return toolbar({ flags, overrides: this.getBrowserOverrideVariants(), runtime, options });
  }

  /** The flags read so far with a variant other than the off one. */
  activeFlags(): string[] {
    return this.reads()
      .filter(({ off }) => !off)
      .map(({ flag }) => flag);
  }

  protected override otherSubject(
    source: SnapshotSource,
    userId: UserId | undefined,
    attributes?: Attributes,
  ): Subject {
    return new SubjectInApp(this.#request, source, userId, attributes);
  }

  get #subject(): RequestSubject {
    return this.subject as RequestSubject;
  }

  #readFlags(): ToolbarFlag[] {
    const { flags } = this.subject.snapshot;
    return this.reads().flatMap((read) => {
      const flag = flags.get(read.flag);
      if (flag === undefined) return [];
      const { variants, overridable } = flag;
      const { text } = this.explain(read.flag);
      return [{ ...read, why: text, variants: variants.names, offVariant: variants.off, overridable }];
    });
  }

  #takes(name: string, variant: unknown): boolean {
    const flag = this.subject.snapshot.flags.get(name);
    return flag?.overridable === true && (variant === '' || flag.variants.has(variant));
  }

  #write(overrides: Map<string, string>): boolean {
    if (!this.#services.overrides.write(this.#request, this.#response, overrides)) return false;
    this.#written = overrides;
    return true;
  }

  #assertHeadersOpen(doing: string): void {
    if (!this.#response.headersSent) return;
    throw new GatekeeperError(
      'HEADERS_SENT',
      `Cannot ${doing}: the headers of this response are already sent. Do it before res.send(), res.render() or res.write().`,
    );
  }
}

/** Another user, asked about within a request: the app is the same, request and session are not theirs. */
class SubjectInApp extends Subject {
  readonly #request: Request;

  constructor(request: Request, source: SnapshotSource, userId: UserId | undefined, attributes?: Attributes) {
    super(source, userId, attributes);
    this.#request = request;
  }

  override get app(): Request['app'] {
    return this.#request.app;
  }
}
