/** Whether user code gave a promise, of whatever library, where a plain answer is needed. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { readonly then?: unknown }).then === 'function'
  );
}

/** Lets go of a promise nobody will wait for, so that its rejection does not end the process. */
export function abandon(promise: PromiseLike<unknown>): void {
  promise.then(undefined, () => undefined);
}
