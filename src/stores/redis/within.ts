/** Nobody answered in time. What was asked may still be done. */
export class NoAnswer extends Error {
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

/** The same promise, given up after so many milliseconds. It holds the process until it is settled, unless told not to. */
export async function within<Value>(milliseconds: number, work: Promise<Value>, { ref = true } = {}): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(milliseconds)), milliseconds);
    if (!ref) timer.unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
