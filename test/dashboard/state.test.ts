import type { FlagInput } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { type State, stateOf } from '../../src/dashboard/models/state.js';
import { Runtime } from '../../src/runtime/runtime.js';
import { PlainFlag, silent } from './an-app.js';

const NOW = Date.UTC(2026, 10, 20);

/** The state of the flag `it` among these. */
function state(it: FlagInput, others: Record<string, FlagInput> = {}): State {
  const { snapshot } = new Runtime({ flags: [], definitions: { flags: { ...others, it } }, logger: silent as never });
  const flag = snapshot.flags.get('it');
  if (flag === undefined) throw new Error('no flag');
  return stateOf(flag, NOW);
}

/** Spaces that no line breaks at are spaces all the same. */
function words({ title, text }: State): string {
  return `${title}: ${text.replaceAll('\u00a0', ' ')}`;
}

const SPLIT = { variants: ['control', 'card', 'phone'], serve: { split: { control: 2, card: 1, phone: 1 } } };

describe('the state of a flag, in words', () => {
  it.each<[FlagInput, string]>([
    [true, 'On: everyone gets on'],
    [false, 'Off: switched off: everyone gets off'],
    [{ serve: 'off' }, 'Off: everyone gets off'],
    [0, 'Off: everyone gets off'],
    [100, 'On: everyone gets on'],
    [0.5, 'Partly on: 0.5 % get on'],
    [[1, 2], 'Partly on: 1 rule, else everyone gets off'],
    [SPLIT, 'Partly on: control 50 %, card 25 %, phone 25 %'],
    [{ killed: true, serve: { percentage: 5 } }, 'Killed: everyone gets off, overrides included'],
    [{ overrides: { on: [1], off: [2] }, serve: 'off' }, 'Off: everyone gets off, 2 users pinned'],
    [{ enabled: false, overrides: { on: [1] } }, 'Off: switched off: everyone gets off, 1 user pinned'],
    [{ rules: [{ when: {} }, { when: {} }], serve: { percentage: 5 } }, 'Partly on: 2 rules, else 5 % get on'],
    [{ prerequisites: { other: 'on' } }, 'Partly on: only where flag other serves on: everyone gets on'],
    [{ serve: { from: '2026-12-01' } }, 'Off: everyone gets off, and on from 2026-12-01'],
    [{ serve: { from: '2026-11-01', until: '2026-12-27T18:30' } }, 'On: everyone gets on until 2026-12-27 18:30 UTC'],
    [{ serve: { until: '2026-11-01' } }, 'Off: everyone gets off: on ended 2026-11-01'],
    [ramp([0, 1], [30, 5]), 'Partly on: ramp: 1 % get on today, 5 % from 2026-12-01'],
    [ramp([20, 5]), 'Off: everyone gets off, and 5 % on from 2026-11-21'],
    [ramp([0, 5], [10, 100]), 'On: everyone gets on since 2026-11-11'],
  ])('%j is “%s”', (definition, expected) => {
    expect(words(state(definition, { other: true }))).toBe(expected);
  });

  it('of a class is that its code decides', () => {
    const { snapshot } = new Runtime({ flags: [new PlainFlag('it')], logger: silent as never });
    const [flag] = snapshot.flags.values();
    expect(flag && words(stateOf(flag, NOW))).toBe('Code: its code decides');
  });
});

describe('the bar of a flag', () => {
  it.each<[FlagInput, readonly string[]]>([
    [20, ['on 0+20 shade 1', 'off 20+80 shade 0']],
    [SPLIT, ['control 0+50 shade 0', 'card 50+25 shade 1', 'phone 75+25 shade 2']],
    [ramp([0, 1], [30, 5]), ['on 0+1 shade 1', 'off 1+99 shade 0']],
    [true, []],
    [{ killed: true, serve: { percentage: 20 } }, []],
    [{ enabled: false, serve: { percentage: 20 } }, []],
  ])('of %j is %j', (definition, expected) => {
    const { bands } = state(definition);
    expect(bands.map(({ variant, from, width, shade }) => `${variant} ${from}+${width} shade ${shade}`)).toEqual(
      expected,
    );
  });

  it('of a ramp marks what is to come', () => {
    expect(state(ramp([0, 1], [10, 5], [30, 25], [60, 50])).marks).toEqual([25, 50]);
  });
});

describe('a flag is settled', () => {
  it.each<[FlagInput, number]>([
    [true, Number.NEGATIVE_INFINITY],
    [false, Number.NEGATIVE_INFINITY],
    [{ killed: true }, Number.NEGATIVE_INFINITY],
    [ramp([0, 5], [10, 100]), Date.UTC(2026, 10, 11)],
    [{ serve: { until: '2026-11-01' } }, Date.UTC(2026, 10, 1)],
    [{ serve: { from: '2026-11-01' } }, Date.UTC(2026, 10, 1)],
    [{ serve: { until: '2026-12-01' } }, Number.POSITIVE_INFINITY],
    [ramp([0, 5], [30, 100]), Number.POSITIVE_INFINITY],
    [20, Number.POSITIVE_INFINITY],
    [[1], Number.POSITIVE_INFINITY],
    [{ overrides: { on: [1] } }, Number.POSITIVE_INFINITY],
  ])('%j, since %d', (definition, since) => {
    expect(state(definition).settledSince).toBe(since);
  });
});

/** From the first of November on. */
function ramp(...days: readonly (readonly [number, number])[]): FlagInput {
  return { serve: { ramp: { start: '2026-11-01', days } } } as FlagInput;
}
