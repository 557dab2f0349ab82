import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Runs a file of this folder in a process of its own, where no other library has left anything, and gives what it sends.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {readonly string[]} nodeOptions
 * @returns {Promise<unknown>}
 */
export async function inProcess(file, args, nodeOptions = []) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--expose-gc', ...nodeOptions],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const answer = await Promise.race([once(child, 'message'), ended.then(() => undefined)]);
  await ended;
  if (answer === undefined) throw new Error(`${file} ${args.join(' ')} ended without an answer.`);
  return answer[0];
}
