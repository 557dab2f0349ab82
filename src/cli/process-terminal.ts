import { createInterface } from 'node:readline/promises';
import type { Terminal } from './terminal.js';

/** A week: a timer that keeps the process running, and never fires while anybody looks. */
const LONG = 7 * 24 * 60 * 60 * 1000;

/** The terminal, pipe or file this process was started in. */
export function processTerminal({ stdin, stdout, stderr, env }: NodeJS.Process): Terminal {
  for (const stream of [stdout, stderr]) {
    // Whoever reads may have seen enough, as `head` does; anything else lost a result.
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? undefined : 1));
  }
  const colors = stdout.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return {
    out: (text) => stdout.write(`${text}\n`),
    err: (text) => stderr.write(`${text}\n`),
    width: stdout.isTTY ? stdout.columns || 80 : undefined,
    colors,
    ...(stderr.isTTY && { progress: (text: string) => stderr.write(`\r\u001b[K${text}`) }),
    ...(stdin.isTTY && stderr.isTTY && { ask }),
    input: async () => Buffer.concat(await stdin.toArray()).toString('utf8'),
    stopped,
  };
}

async function ask(question: string): Promise<string> {
  const person = createInterface({ input: process.stdin, output: process.stderr });
  // Whoever goes away without an answer has not agreed.
  const gone = new Promise<string>((resolve) => person.once('close', () => resolve('')));
  try {
    return await Promise.race([person.question(question), gone]);
  } finally {
    person.close();
  }
}

function stopped(): Promise<void> {
  return new Promise((resolve) => {
    const awake = setInterval(() => undefined, LONG);
    const stop = (): void => {
      clearInterval(awake);
      for (const signal of SIGNALS) process.off(signal, stop);
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
