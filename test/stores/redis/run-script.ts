import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** Runs a script in a process of its own, with `redisStore` and `settings` at hand, until it ends by itself. */
export async function runScript(script: string, settings: object): Promise<Ended> {
  const source = `
    const settings = ${JSON.stringify(settings)};
    process.on('unhandledRejection', (error) => { console.log('unhandled', error); process.exit(3); });
    const { redisStore } = await import(${JSON.stringify(`${root}src/stores/redis/index.ts`)});
    ${script}
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', source], { cwd: root });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      said += text.toString();
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}
