import type { CompiledFlag } from '../../evaluation/compiled-flag.js';
import { type Serving, servingOf } from './serving.js';

export type StateWord = Serving['word'] | 'killed' | 'broken';

/** What a flag does, at a glance. */
export interface State extends Omit<Serving, 'word'> {
  readonly word: StateWord;
  readonly title: string;
}

export const STATE_TITLES: Readonly<Record<StateWord, string>> = {
  on: 'On',
  off: 'Off',
  partly: 'Partly on',
  killed: 'Killed',
  broken: 'Broken',
  code: 'Code',
};

/** A prerequisite may name many flags. */
const LONGEST_CONDITION = 120;

/** @param now milliseconds since the epoch: ramps and windows follow it */
export function stateOf(flag: CompiledFlag, now: number): State {
  const { word, ...rest } = wordOf(flag, now);
  return { word, title: STATE_TITLES[word], ...rest };
}

function wordOf(flag: CompiledFlag, now: number): Omit<State, 'title'> {
  const { killed, enabled, problem, variants, userOverrides, allocation } = flag;
  const pins = userOverrides === undefined ? '' : `, ${counted(userOverrides.size, 'user')} pinned`;
  if (killed) return shut('killed', `everyone gets ${variants.off}, overrides included`);
  if (!enabled) return shut('off', `switched off: everyone gets ${variants.off}${pins}`, pins === '');
  const serving = servingOf(allocation, variants, now);
  if (problem !== undefined)
    return { ...serving, word: 'broken', text: `${serving.text} meanwhile`, settledSince: NEVER };
  const before = condition(flag);
  if (before === '' && pins === '') return serving;
  const text = `${before}${serving.text}${pins}`;
  const word = before !== '' && serving.word !== 'code' ? 'partly' : serving.word;
  return { ...serving, word, text, settledSince: NEVER };
}

const NEVER = Number.POSITIVE_INFINITY;

function shut(word: 'killed' | 'off', text: string, settled = true): Omit<State, 'title'> {
  return { word, text, bands: [], marks: [], settledSince: settled ? Number.NEGATIVE_INFINITY : NEVER };
}

/** What comes before everyone else is served. */
function condition({ prerequisites, rules }: CompiledFlag): string {
  const needs = prerequisites === undefined ? '' : `only where ${shortened(prerequisites.text)}: `;
  return `${needs}${rules.length === 0 ? '' : `${counted(rules.length, 'rule')}, else `}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function shortened(text: string): string {
  return text.length > LONGEST_CONDITION ? `${text.slice(0, LONGEST_CONDITION - 1)}…` : text;
}
