import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import type { FlagName, VariantName } from '../evaluation/register.js';
import { SafeLogger } from '../runtime/logger.js';
import type { RequestGatekeeper } from './request-gatekeeper.js';

/** Whether {@link flag} finds its request: for good, only while developing, or not. */
export type Ambience = 'on' | 'in development' | 'off';

interface Ambient {
  readonly reader: RequestGatekeeper;
  readonly ambience: Ambience;
}

const storage = new AsyncLocalStorage<Ambient>();
let logger = new SafeLogger(console);

/** Makes warnings go where the app's other messages go: called by the newest `gatekeeper()`. */
export function warnThrough(appLogger: SafeLogger): void {
  logger = appLogger;
}

/**
 * Before Node 24 an AsyncLocalStorage in use slows every promise of the process, so that production has to ask for it; since
 * then it is part of the engine and free.
 */
export function ambienceOf(asked: boolean | undefined, development: boolean): Ambience {
  if (asked !== undefined) return asked ? 'on' : 'off';
  if (Number.parseInt(process.versions.node, 10) >= 24) return 'on';
  return development ? 'in development' : 'off';
}

/** Runs what follows so that {@link flag} finds this request, listeners of these emitters included. */
export function withAmbient(
  reader: RequestGatekeeper,
  ambience: Ambience,
  emitters: readonly EventEmitter[],
  run: () => void,
): void {
  const ambient: Ambient = { reader, ambience };
  for (const emitter of emitters) {
    if (!ambients.has(emitter)) emitWithin(emitter);
    ambients.set(emitter, ambient);
  }
  storage.run(ambient, run);
}

/** The innermost gatekeeper that a request or response has met. */
const ambients = new WeakMap<EventEmitter, Ambient>();

/** A socket emits from outside the request; so body parsers and uploads would call back with it lost. */
function emitWithin(emitter: EventEmitter): void {
  const { emit } = emitter;
  emitter.emit = (...event) => {
    const ambient = ambients.get(emitter);
    return ambient === undefined ? emit.apply(emitter, event) : storage.run(ambient, () => emit.apply(emitter, event));
  };
}

/**
 * Reads a flag of the request that the calling code works for, however deep below it: true when the flag serves `variant`, or
 * without `variant` when it is on. Outside a request it is false, with one warning.
 */
export function flag<F extends FlagName>(name: F, variant?: VariantName<F>): boolean {
  const ambient = storage.getStore();
  if (ambient === undefined) {
    logger.once(
      'warn',
      'flag() outside',
      `flag(${JSON.stringify(name)}) found no request, so it is off. Put app.use(gatekeeper()) before the code that asks, and in production before Node 24 ask for it: gatekeeper({ ambient: true }). In jobs and sockets ask gk.for({ userId }).ff(…) instead. This is said once.`,
    );
    return false;
  }
  const { reader, ambience } = ambient;
  if (ambience === 'in development') {
    logger.once(
      'warn',
      'flag() in development',
      'flag() works here because this is development. In production before Node 24 it has to be asked for, as it costs every request a little: gatekeeper({ ambient: true }).',
    );
  }
  return variant === undefined ? reader.isEnabled(name) : reader.ff(name, variant);
}
