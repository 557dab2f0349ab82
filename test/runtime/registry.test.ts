import { beforeEach, describe, expect, it, vi } from 'vitest';
import { workIn } from '../stores/a-folder.js';

type Library = typeof import('express-gatekeeper');

let library: Library;

// What is registered belongs to the module, for as long as the process lives: each test loads one of its own.
beforeEach(async () => {
  vi.resetModules();
  library = await import('express-gatekeeper');
});

function aFlag(name: string): InstanceType<Library['FeatureFlagConfig']> {
  class Flag extends library.featureFlag({ name, variants: ['ON', 'OFF'] }) {
    pickVariant(): 'ON' {
      return 'ON';
    }
  }
  return new Flag();
}

function served(options?: Parameters<Library['gatekeeper']>[0]): Record<string, string> {
  return { ...library.gatekeeper(options).for().all() };
}

describe('registerFlags', () => {
  it('makes a gatekeeper without options serve these flags', () => {
    workIn({});
    library.registerFlags(aFlag('ONE'), aFlag('TWO'));
    expect(served()).toEqual({ ONE: 'ON', TWO: 'ON' });
  });

  it('takes lists as well, and adds to what was there', () => {
    library.registerFlags([aFlag('ONE'), aFlag('TWO')], aFlag('THREE'));
    library.registerFlags();
    library.registerFlags([]);
    library.registerFlags(aFlag('FOUR'));
    expect(Object.keys(served({}))).toEqual(['ONE', 'TWO', 'THREE', 'FOUR']);
  });

  it('counts only where no flags are given', () => {
    library.registerFlags(aFlag('ONE'));
    expect(served({ flags: [aFlag('TWO')] })).toEqual({ TWO: 'ON' });
    expect(served({ flags: [] })).toEqual({});
    expect(served({ definitions: { flags: { dark_mode: true } } })).toEqual({ ONE: 'ON', dark_mode: 'on' });
  });

  it('counts for what is created later, not for what is there', () => {
    library.registerFlags(aFlag('ONE'));
    const before = library.gatekeeper();
    library.registerFlags(aFlag('TWO'));
    expect(Object.keys(before.for().all())).toEqual(['ONE']);
    expect(Object.keys(served())).toEqual(['ONE', 'TWO']);
  });

  it('leaves complaints to gatekeeper(), which names the flag', () => {
    library.registerFlags(aFlag('ONE'), aFlag('ONE'));
    expect(() => served()).toThrow('Flag "ONE" is there twice');
  });

  it('leaves complaints about what is no flag to gatekeeper() too', () => {
    library.registerFlags({ name: 'ONE' } as never);
    expect(() => served()).toThrow('flags[0] is {"name":"ONE"}; give an instance of a class that extends');
  });
});
