import { parseFlag } from '../evaluation/definition/parse.js';
import type { FlagInput } from '../evaluation/definition/schema.js';
import { type Origin, Place } from '../evaluation/place.js';

/**
 * TypeScript that registers flags that are data.
 *
 * @throws GatekeeperError `INVALID_DEFINITION` when one of them cannot be read
 */
export function declarations(flags: Readonly<Record<string, FlagInput>>, origin: Origin): string {
  const lines = Object.entries(flags)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, input]) => `        ${quoted(name)}: ${typeOf(name, input, origin)};`);
  return `// Written by \`gatekeeper types\` from ${origin.name}: run it again instead of editing.
import 'express-gatekeeper';

declare module 'express-gatekeeper' {
  interface Register {
    definitions: {
      flags: {
${lines.join('\n')}
      };
    };
  }
}
`;
}

function typeOf(name: string, input: FlagInput, origin: Origin): string {
  const place = new Place('Flag', name, origin);
  const { variants } = parseFlag(input, place).definition;
  if (variants === undefined) return 'boolean';
  if (Array.isArray(variants)) return `{ variants: readonly [${variants.map(quoted).join(', ')}] }`;
  const members = Object.entries(variants).map(([variant, value]) => `${quoted(variant)}: ${literal(value)}`);
  return `{ variants: { ${members.join('; ')} } }`;
}

/** A value as a type: JSON reads as TypeScript, but for the quotes. */
function literal(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`;
}
