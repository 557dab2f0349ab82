import type { ServeDefinition } from '../../evaluation/definition/serve-schema.js';
import type { Warning } from './warnings.js';

type Serve = ServeDefinition | null | undefined;

/** Whether it takes a draw who gets what. */
export function isDrawn(serve: Serve): boolean {
  return typeof serve === 'object' && serve !== null && (serve.split ?? serve.ramp ?? serve.percentage) !== undefined;
}

/**
 * What another percentage or split does to those who were drawn already.
 *
 * @param of whose it is: `''` for the flag's own, else ` of rule …`
 */
export function drawWarnings(was: Serve, is: Serve, of: string): Warning[] {
  const [before, after] = [splitOf(was), splitOf(is)];
  if (before !== undefined && after !== undefined) return splitWarnings(before, after, of);
  if (
    (before !== undefined && percentageOf(is) !== undefined) ||
    (after !== undefined && percentageOf(was) !== undefined)
  ) {
    return anew(was, is, of);
  }
  return percentageWarnings(was, is, of);
}

/** A split and a percentage are drawn apart from each other. */
function anew(was: Serve, is: Serve, of: string): Warning[] {
  if (!isDrawn(was) || !isDrawn(is)) return [];
  const text = `A split in the place of a percentage, or the other way round${of}: people are dealt anew.`;
  return [{ tone: 'danger', text }];
}

function percentageWarnings(was: Serve, is: Serve, of: string): Warning[] {
  const [before, after] = [percentageOf(was), percentageOf(is)];
  if (before === undefined || after === undefined || !(isDrawn(was) || isDrawn(is))) return [];
  if (variantOf(was) !== variantOf(is) && variantOf(was) !== undefined && variantOf(is) !== undefined) return [];
  if (after < before) {
    const text = `The percentage${of} goes down from ${before} to ${after}: those who came in last lose it. Nobody else moves.`;
    return [{ tone: 'danger', text }];
  }
  if (after === before) return [];
  const text = `The percentage${of} only grows, from ${before} to ${after}: nobody who has it loses it.`;
  return [{ tone: 'calm', text }];
}

function splitWarnings(before: Weights, after: Weights, of: string): Warning[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const gone = names.filter((name) => share(before, name) > 0 && share(after, name) === 0);
  const warnings = gone.map(
    (name): Warning => ({
      tone: 'danger',
      text: `“${name}” is no longer in the split${of}: whoever has it gets one of the others. Nobody else loses theirs to that.`,
    }),
  );
  const less = names.filter((name) => !gone.includes(name) && share(after, name) < share(before, name));
  const more = names.filter((name) => share(after, name) > share(before, name));
  if (less.length > 0 && more.length > 0) {
    const text = `In the split${of} people move from ${quoted(less)} to ${quoted(more)}, and in no other way.`;
    warnings.push({ tone: 'note', text });
  }
  return warnings;
}

/** Variant → weight. */
type Weights = ReadonlyMap<string, number>;

function splitOf(serve: Serve): Weights | undefined {
  if (typeof serve !== 'object' || serve === null || serve.split === undefined) return undefined;
  return new Map(Object.entries(serve.split));
}

/** Weights are relative: another one's may have changed. */
function share(weights: Weights, name: string): number {
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return Number(((weights.get(name) ?? 0) / total).toFixed(6));
}

/** One variant for everyone is 100 %; `undefined` for what has none, or follows the clock. */
function percentageOf(serve: Serve): number | undefined {
  if (typeof serve === 'string') return 100;
  return serve === null || serve === undefined ? undefined : serve.percentage;
}

function variantOf(serve: Serve): string | undefined {
  return typeof serve === 'string' ? serve : (serve?.variant ?? undefined);
}

const MOST_NAMED = 5;

function quoted(names: readonly string[]): string {
  const few = names.slice(0, MOST_NAMED).map((name) => `“${name}”`);
  return names.length > MOST_NAMED ? `${few.join(', ')} and others` : few.join(', ');
}
