import { run } from '../../src/cli/run.js';
import type { Terminal } from '../../src/cli/terminal.js';

/** What a command said and how it ended. */
export interface Session {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Where a command is typed. */
export interface Setting extends Partial<Pick<Terminal, 'width' | 'colors' | 'progress' | 'ask' | 'stopped'>> {
  /** What is handed in. */
  readonly input?: string;
}

/** Types `gatekeeper` and these words. */
export function typed(...words: readonly string[]): Promise<Session> {
  return typedIn({}, ...words);
}

/** The same where there is more than two places to write to. */
export async function typedIn({ input = '', ...setting }: Setting, ...words: readonly string[]): Promise<Session> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(words, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    input: async () => input,
    stopped: async () => undefined,
    ...setting,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** What a command printed for programs. */
export async function printed(...words: readonly string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await typed(...words, '--json');
  if (code !== 0) throw new Error(`gatekeeper ${words.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as Record<string, unknown>;
}
