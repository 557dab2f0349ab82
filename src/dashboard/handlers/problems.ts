import type { Page } from '../answer.js';
import type { Right } from '../authorize.js';

interface More {
  /** What somebody asked for, set apart from our own words because it may say anything. */
  readonly subject?: readonly string[];
  /** What there is instead. */
  readonly names?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

function problem(status: number, title: string, texts: readonly string[], more: More = {}): Page {
  const { subject = [], names = [], headers = {} } = more;
  return { status, view: 'problem', model: { status, title, texts, subject, names }, headers };
}

/** For somebody who was not let in: says nothing about what is behind the door. */
export function stranger(): Page {
  return problem(403, 'This page is closed to you', [
    'The app did not let you in. If it should have, ask whoever runs it.',
    'If you run it, its log says how to open this page.',
  ]);
}

const ACTIONS: Readonly<Record<Right, string>> = {
  view: 'see the flags',
  override: 'set overrides',
  edit: 'change flags',
  kill: 'kill flags',
};

export function forbidden(right: Right): Page {
  return problem(403, `You may not ${ACTIONS[right]}`, [
    `That takes the right “${right}”, which the app did not give you.`,
  ]);
}

export function overridesRefused(): Page {
  return problem(403, 'Overrides are not open to this browser', [
    'Nothing was changed. The page of all flags says what the reason may be.',
  ]);
}

export function noRoom(): Page {
  return problem(409, 'No room for another override', [
    'Nothing was changed: overrides are kept in a cookie, and this browser’s is full. Clear some first.',
  ]);
}

export function notOverridable(flag: string): Page {
  return problem(403, 'This flag takes no overrides', ['Nothing was changed: the flag says so itself.'], {
    subject: [flag],
  });
}

export function notFound(): Page {
  return problem(404, 'There is no such page', [
    'The address may be mistyped, or belong to another version of this page.',
  ]);
}

export function methodNotAllowed(methods: readonly string[]): Page {
  const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  return problem(405, 'That does not work here', [`This address answers to ${allow} only.`], {
    headers: { Allow: allow },
  });
}

export function foreignForm(why: string): Page {
  return problem(403, 'This form did not come from here', [
    `Nothing was changed: ${why}.`,
    'Behind a proxy, let it pass on Host with the port, or send X-Forwarded-Host and set “trust proxy” in Express.',
  ]);
}

export function staleForm(): Page {
  return problem(403, 'This form is out of date', [
    'Nothing was changed. Go back to the flags and do it again.',
    'If that does not help, this browser does not keep the cookie by which a form is known to be yours.',
  ]);
}

export function tooLarge(): Page {
  return problem(413, 'That was too much', ['Nothing was changed: no form of this page is that large.']);
}

export function tooMany(seconds: number): Page {
  return problem(
    429,
    'That was very quick',
    [`Nothing was changed: so many changes in a minute look like a mistake. Go on in ${seconds} seconds.`],
    { headers: { 'Retry-After': String(seconds) } },
  );
}

export function notAForm(): Page {
  return problem(415, 'This is not a form', [
    'Nothing was changed: only application/x-www-form-urlencoded is read here.',
  ]);
}

export function incomplete(field: string): Page {
  return problem(400, 'Something is missing', [`It was not said which ${field}.`]);
}

const MOST_NAMES = 50;

export function unknownFlag(flag: string, existing: Iterable<string>): Page {
  const names = [...existing].sort();
  const texts = ['No flag has this name. It may have been removed, or is not deployed here yet.'];
  if (names.length > MOST_NAMES) texts.push(`The first ${MOST_NAMES} of ${names.length} flags:`);
  else texts.push(names.length > 0 ? 'These flags exist:' : 'There are no flags at all.');
  return problem(404, 'Unknown flag', texts, { subject: [flag], names: names.slice(0, MOST_NAMES) });
}

export function unknownVariant(flag: string, variant: string, existing: readonly string[]): Page {
  return problem(404, 'Unknown variant', ['The flag has no such variant. It has these:'], {
    subject: [flag, variant],
    names: existing,
  });
}

export function noRevision(revision: number): Page {
  return problem(404, 'There is no such change', ['The history has no change with this number.'], {
    subject: [String(revision)],
  });
}

export function noEnvironment(environment: string, names: readonly string[]): Page {
  return problem(404, 'Unknown environment', ['Nobody has written to an environment of this name. There are:'], {
    subject: [environment],
    names,
  });
}

/** For whoever wants to change something where nothing can be. */
export function noStore(): Page {
  return problem(409, 'There is nothing to write to', [
    'This app has no store: its flags are what its code and files say.',
    'Give it one: gatekeeper({ store: "sqlite:gatekeeper.db" }).',
  ]);
}

/** @param why the message of the store, or of the definition that was refused */
export function refused(why: string): Page {
  return problem(409, 'This was not changed', ['The change was refused, and nothing was written:'], { subject: [why] });
}

export function storeDown(why: string): Page {
  return problem(
    503,
    'The store cannot be reached',
    ['Nothing was changed. The last known flags serve. What it says:'],
    {
      subject: [why],
    },
  );
}

export function broken(): Page {
  return problem(500, 'This page failed', ['What went wrong is in the app’s log.']);
}
