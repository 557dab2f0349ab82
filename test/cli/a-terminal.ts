import { run } from '../../src/cli/run.js';

/** What a command said and how it ended. */
export interface Session {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Types `gatekeeper` and these words. */
export async function typed(...words: readonly string[]): Promise<Session> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(words, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
