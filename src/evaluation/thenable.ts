/** Whether user code gave a promise, of whatever library, where a plain answer is needed. Never throws. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  try {
    return (
      typeof value === 'object' && value !== null && typeof (value as { readonly then?: unknown }).then === 'function'
    );
  } catch {
    return false;
  }
}

/** Lets go of a promise nobody will wait for, so that its rejection does not end the process. */
export function abandon(promise: PromiseLike<unknown>): void {
  promise.then(undefined, () => undefined);
}
