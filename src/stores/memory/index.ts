import { MemoryStore } from './memory-store.js';

export type { MemoryStore } from './memory-store.js';

/** A store in this process's memory, empty at first. */
export function memoryStore(): MemoryStore {
  return new MemoryStore();
}
