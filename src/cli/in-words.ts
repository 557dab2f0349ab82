import { parseFlag } from '../evaluation/definition/parse.js';
import type { FlagInput, SegmentInput } from '../evaluation/definition/schema.js';
import type { ServeDefinition } from '../evaluation/definition/serve-schema.js';
import { segmentWrittenOut } from '../evaluation/definition/written-out.js';
import { Place } from '../evaluation/place.js';
import type { RecordChange } from '../stores/audit.js';
import type { Part, Style } from './print/styled.js';

export type State = 'on' | 'off' | 'killed' | 'unusable';

const EVERYONE = 'everyone';

const STYLES: Readonly<Record<State, Style>> = { on: 'green', off: 'dim', killed: 'red', unusable: 'yellow' };

/** A flag, said shortly. */
export interface Said {
  readonly state: State;
  /** Who gets what. */
  readonly serves: string;
  readonly owner: string;
  readonly description: string;
}

export function flagInWords(input: FlagInput): Said {
  try {
    const { definition, onlyListed } = parseFlag(input, new Place('Flag', ''));
    const { killed, enabled, rules = [], overrides = {}, serve, owner = '', description = '' } = definition;
    const pinned = Object.values(overrides).flat().length;
    const serves = [
      counted(rules.length, 'rule'),
      onlyListed ? 'nobody else' : serveInWords(serve),
      pinned > 0 ? `${counted(pinned, 'user')} pinned` : '',
    ];
    const state = killed ? 'killed' : enabled === false ? 'off' : 'on';
    return { state, serves: serves.filter(Boolean).join(', '), owner, description };
  } catch {
    return { state: 'unusable', serves: '', owner: '', description: '' };
  }
}

export function stateShown({ state }: Said): Part {
  return { text: state, style: STYLES[state] };
}

export function segmentInWords(input: SegmentInput): string {
  const { users, when } = segmentWrittenOut(input);
  const parts = [Array.isArray(users) ? counted(users.length, 'user') : '', when === undefined ? '' : 'a condition'];
  return parts.filter(Boolean).join(', ') || 'nobody';
}

/** What became of something, on one line. */
export function changeInWords({ kind, name, before, after }: RecordChange): readonly Part[] {
  const sign: Part =
    before === null
      ? { text: '+ ', style: 'green' }
      : after === null
        ? { text: '- ', style: 'red' }
        : { text: '~ ', style: 'yellow' };
  const said = (record: FlagInput | SegmentInput): string => recordInWords(kind, record);
  const named = `${kind === 'flag' ? '' : 'segment '}${name}: `;
  if (before === null) return [sign, named, after === null ? 'nothing' : said(after)];
  if (after === null) return [sign, named, `${said(before)} → deleted`];
  const [was, is] = [said(before), said(after)];
  return [sign, named, was === is ? `${is} (${differing(before, after)})` : `${was} → ${is}`];
}

function recordInWords(kind: RecordChange['kind'], record: FlagInput | SegmentInput): string {
  if (kind === 'segment') return segmentInWords(record as SegmentInput);
  const { state, serves } = flagInWords(record as FlagInput);
  if (state !== 'on' || serves === '') return state;
  return serves === EVERYONE || /^[\d.]+%$/.test(serves) ? `on for ${serves}` : serves;
}

/** The fields in which two differ that read the same. */
function differing(before: FlagInput | SegmentInput, after: FlagInput | SegmentInput): string {
  const isMap = (value: unknown): value is object => typeof value === 'object' && !Array.isArray(value);
  if (!isMap(before) || !isMap(after)) return 'written differently';
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...keys].filter(
    (key) => JSON.stringify(Reflect.get(before, key)) !== JSON.stringify(Reflect.get(after, key)),
  );
  return `${changed.join(', ') || 'nothing'} changed`;
}

function serveInWords(serve: ServeDefinition | null | undefined): string {
  if (serve === undefined || serve === null) return '';
  if (typeof serve === 'string') return `${serve} for everyone`;
  const { percentage, split, ramp, from, until, variant } = serve;
  const what = variant === undefined ? '' : ` ${variant}`;
  if (percentage !== undefined) return `${percentage === 100 ? EVERYONE : `${percentage}%`}${what}`;
  if (split !== undefined) {
    return `split ${Object.entries(split)
      .map(([name, weight]) => `${name} ${weight}`)
      .join(' : ')}`;
  }
  if (ramp !== undefined) return `ramp${ramp.variant === undefined ? '' : ` ${ramp.variant}`} from ${rampStart(ramp)}`;
  return [what.trim(), from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' ');
}

function rampStart({
  start,
  at,
}: {
  readonly start?: string | undefined;
  readonly at?: [string, number][] | undefined;
}) {
  return start ?? at?.[0]?.[0] ?? 'its start';
}

export function counted(count: number, what: string): string {
  if (count === 0) return '';
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
