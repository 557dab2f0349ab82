/**
 * The result of some work, unless it takes too long; it may still come, unheard.
 *
 * @param background whether the process may end meanwhile, since nobody waits for this
 * @throws Error saying what was not there in time
 */
export async function within<Result>(
  milliseconds: number,
  what: string,
  work: () => Promise<Result>,
  { background = false } = {},
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  // Started before the work: of two clocks that run as long, this one tells what was waited for.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} within ${milliseconds} ms`)), milliseconds);
    if (background) timer.unref();
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
