/** Bytes in use on the heap. */
export function heapUsed() {
  return process.memoryUsage().heapUsed;
}

/** Bytes in use on the heap once everything is gone that nobody holds. */
export function heapKept() {
  // Twice, as finalizers and weak references let go of more after the first time.
  collect();
  collect();
  return heapUsed();
}

function collect() {
  if (globalThis.gc === undefined) throw new Error('Run this with node --expose-gc.');
  globalThis.gc();
}
