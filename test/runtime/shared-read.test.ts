import { describe, expect, it } from 'vitest';
import { SharedRead } from '../../src/runtime/shared-read.js';

/** A read that a test answers by hand. */
function aRead() {
  const sent: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const waiting: (() => void)[] = [];
  const shared = new SharedRead(
    () =>
      new Promise<void>((resolve, reject) => {
        sent.push({ resolve, reject });
        for (const tell of waiting.splice(0)) tell();
      }),
  );
  /** Resolves once that many reads were sent. */
  const sentReads = async (count: number): Promise<void> => {
    while (sent.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return { shared, sent, sentReads };
}

describe('a shared read', () => {
  it('is sent at once for the first who asks', () => {
    const { shared, sent } = aRead();
    void shared.fresh();
    expect(sent).toHaveLength(1);
  });

  it('never answers somebody who asked after it was sent', async () => {
    const { shared, sent, sentReads } = aRead();
    const first = shared.fresh();
    let answered = false;
    const late = shared.fresh().then(() => {
      answered = true;
    });
    sent[0]?.resolve();
    await first;
    await sentReads(2);
    expect(answered).toBe(false);
    sent[1]?.resolve();
    await late;
  });

  it('answers all who asked while the one before was under way', async () => {
    const { shared, sent, sentReads } = aRead();
    const first = shared.fresh();
    const late = Promise.all(Array.from({ length: 500 }, () => shared.fresh()));
    sent[0]?.resolve();
    await first;
    await sentReads(2);
    sent[1]?.resolve();
    await late;
    expect(sent).toHaveLength(2);
  });

  it('that fails, fails for those whom it answers, and for nobody else', async () => {
    const { shared, sent, sentReads } = aRead();
    const first = shared.fresh();
    const late = shared.fresh();
    sent[0]?.reject(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await sentReads(2);
    sent[1]?.resolve();
    await late;
  });

  it('is shared by those who come one after the other in a crowd, though each read is answered at once', async () => {
    let reads = 0;
    const shared = new SharedRead(async () => {
      reads += 1;
    });
    const crowd: Promise<void>[] = [];
    for (let person = 0; person < 1_000; person += 1) {
      crowd.push(shared.fresh());
      await Promise.resolve();
    }
    await Promise.all(crowd);
    expect(reads).toBeLessThan(500);
  });
});
