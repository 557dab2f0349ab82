import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/evaluation/evaluate.js';
import type { Snapshot } from '../../src/evaluation/snapshot.js';
import { Subject } from '../../src/evaluation/subject.js';
import { Pins } from '../../src/runtime/pins.js';
import { aSnapshot, aSource } from '../evaluation/a-snapshot.js';

class Browser extends Subject {
  override browserOverride(): string {
    return 'off';
  }
}

const snapshot = aSnapshot({
  flags: { killed: { killed: true }, mine: { overrides: { off: [1] }, rules: [{ when: { userId: [1] } }] } },
  revision: 3,
});

function served(by: Snapshot): Record<string, string> {
  return Object.fromEntries(
    [...by.flags].map(([name, flag]) => [name, evaluate(flag, new Browser(aSource(by), 1)).variant]),
  );
}

describe('pins', () => {
  it('fix flags for everyone, whatever kills, overrides and rules say', () => {
    const pins = new Pins();
    pins.add({ killed: 'on', mine: 'on' }, snapshot);
    expect(served(pins.over(snapshot))).toEqual({ killed: 'on', mine: 'on' });
    expect(pins.over(snapshot).revision).toBe(3);
  });

  it('leave other flags, and the snapshot itself, as they are', () => {
    const pins = new Pins();
    pins.add({ mine: 'on' }, snapshot);
    expect(served(pins.over(snapshot))).toEqual({ killed: 'off', mine: 'on' });
    expect(served(snapshot)).toEqual({ killed: 'off', mine: 'off' });
  });

  it('are taken off in any order; the newest of those left counts', () => {
    const pins = new Pins();
    const first = pins.add({ killed: 'on' }, snapshot);
    const second = pins.add({ killed: 'off', mine: 'on' }, snapshot);
    expect(served(pins.over(snapshot))).toEqual({ killed: 'off', mine: 'on' });
    second();
    expect(served(pins.over(snapshot))).toEqual({ killed: 'on', mine: 'off' });
    first();
    first();
    expect(pins.over(snapshot)).toBe(snapshot);
  });

  it('are worked out once per snapshot', () => {
    const pins = new Pins();
    pins.add({ mine: 'on' }, snapshot);
    expect(pins.over(snapshot)).toBe(pins.over(snapshot));
    expect(pins.over({ ...snapshot })).not.toBe(pins.over(snapshot));
  });

  it('are refused for a flag or a variant that there is not', () => {
    expect(() => new Pins().add({ yours: 'on' }, snapshot)).toThrow(
      'overrideFlags() was given the flag "yours", which does not exist; there are killed, mine.',
    );
    expect(() => new Pins().add({ mine: 'blue' }, snapshot)).toThrow(
      `overrideFlags() was given "blue" for flag "mine", which is not one of its variants 'on', 'off'.`,
    );
  });
});
