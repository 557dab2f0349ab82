import { describe, expect, it } from 'vitest';
import { workIn } from '../stores/a-folder.js';
import { typed } from './a-terminal.js';
import { compilerErrors } from './compiler.js';

const PACKAGE = '{ "type": "module" }';

const ODD_NAMES = [
  "it's",
  'a"b',
  'back\\slash',
  '日本語',
  '__proto__',
  'constructor',
  '*/ //',
  'two words',
  '$' + '{x}`',
  '😀',
];

const FLAGS = {
  dark_mode: true,
  new_search: 20,
  beta: ['user-1'],
  'checkout/express-pay': { variants: ['control', 'one_click', 'wallet'] },
  page_size: { variants: { small: 10, large: -1e21 }, off: 'small' },
  greeting: { variants: { hello: 'it\'s\n"me"\\', bye: '\u2028</script>' } },
  plan: { variants: { basic: { seats: 1, tags: [] }, pro: { seats: 9, tags: ['a', null] } }, off: 'basic' },
  switched: { off: 'on' },
};

const RIGHT = `
import { gatekeeper } from 'express-gatekeeper';
const flags = gatekeeper().for();
flags.ff('dark_mode', 'on');
flags.ff('new_search', 'off');
flags.isEnabled('beta');
flags.isEnabled('switched');
flags.ff('checkout/express-pay', 'one_click');
const pay: 'control' | 'one_click' | 'wallet' | null = flags.ffVariant('checkout/express-pay');
const size: number = flags.value('page_size', 25);
const dark: boolean = flags.value('dark_mode', false);
const seats: number = flags.value('plan', { seats: 1, tags: [] }).seats;
const cash: number = flags.match('checkout/express-pay', { control: () => 1, one_click: () => 2, wallet: () => 3 });
export { cash, dark, pay, seats, size };
${ODD_NAMES.map((name) => `flags.isEnabled(${JSON.stringify(name)});`).join('\n')}
`;

const WRONG = `
import { gatekeeper } from 'express-gatekeeper';
const flags = gatekeeper().for();
// @ts-expect-error: no such flag
flags.isEnabled('dark_mood');
// @ts-expect-error: no such variant
flags.ff('dark_mode', 'onn');
// @ts-expect-error: no such variant
flags.ff('checkout/express-pay', 'cash');
// @ts-expect-error: a number is served
flags.value('page_size', 'small');
// @ts-expect-error: a variant is missing
flags.match('checkout/express-pay', { control: () => 1, one_click: () => 2 });
// @ts-expect-error: a name alone is not enough
flags.isEnabled('checkout');
`;

describe('what gatekeeper types writes', () => {
  it('compiles, whatever the names, and makes a wrong name a compile error', { timeout: 30_000 }, async () => {
    const odd = Object.fromEntries(ODD_NAMES.map((name) => [name, true]));
    const flags = JSON.stringify({ flags: { ...FLAGS, ...odd } });
    const folder = workIn({ 'package.json': PACKAGE, 'flags.json': flags, 'right.ts': RIGHT, 'wrong.ts': WRONG });
    expect(await typed('types')).toMatchObject({ code: 0, err: '' });
    expect(compilerErrors(folder, 'gatekeeper-flags.d.ts', 'right.ts', 'wrong.ts')).toEqual([]);
  });
});
