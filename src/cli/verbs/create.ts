import { GatekeeperError } from '../../errors.js';
import { authorOf } from '../author.js';
import { decided } from '../decision.js';
import { definitionGiven } from '../definition-text.js';
import { calledWrongly } from '../exit-codes.js';
import { writing } from '../on-store.js';
import { WRITE, WRITTEN_SHAPE } from '../options.js';
import { report } from '../report.js';
import type { Verb } from '../verb.js';

export const create: Verb = {
  about: 'create a flag, off unless something else is said',
  takes: ['<flag> [true|false|20%|variant]', 1, 2],
  options: {
    ...WRITE,
    definition: { type: 'string', about: 'a whole definition as YAML or JSON; - reads it from the standard input' },
  },
  more: `gatekeeper create color-team/button --definition '{ variants: [blue, green], off: blue, owner: colors }'
A flag that is there already is left alone, with exit code 3.
${WRITTEN_SHAPE}`,
  run: writing(async ({ session, given, paper, terminal }) => {
    const [name = '', value] = given.words;
    const definition = await definitionGiven(given, terminal);
    if (value !== undefined && definition !== undefined)
      throw calledWrongly('It takes a value or --definition; not both.');
    const flag = definition ?? decided(name, undefined, value ?? 'false', false);
    const written = await session.edit(({ flags }) => {
      if (Object.hasOwn(flags, name)) throw alreadyThere(name, session.environment);
      return { flags: { [name]: flag } };
    }, authorOf(given));
    report(paper, session, written);
  }),
};

function alreadyThere(name: string, environment: string): GatekeeperError {
  return new GatekeeperError(
    'CONFLICT',
    `There is a flag '${name}' in ${environment} already; gatekeeper set changes it.`,
  );
}
