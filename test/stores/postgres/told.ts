import type { FlagStore } from 'express-gatekeeper';

/** What a watcher was told, and a way to wait for more of it. */
export interface Told {
  /** Resolves when it is told the next time. */
  next(): Promise<void>;
  /** Resolves once something holds that is looked at each time it is told; what cannot be read does not hold yet. */
  until(holds: () => Promise<boolean>): Promise<void>;
  stop(): void;
}

export function watched(store: FlagStore, environment = 'default'): Told {
  let times = 0;
  const waiting: (() => void)[] = [];
  const stop = store.watch(environment, () => {
    times += 1;
    for (const wake of waiting.splice(0)) wake();
  });
  const after = (seen: number): Promise<void> =>
    new Promise((resolve) => {
      if (times > seen) resolve();
      else waiting.push(resolve);
    });
  return {
    next: () => after(times),
    async until(holds) {
      for (;;) {
        const seen = times;
        if (await holds().catch(() => false)) return;
        await after(seen);
      }
    },
    stop,
  };
}
