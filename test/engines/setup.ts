import { spawnSync } from 'node:child_process';
import { aptCommands, type Engine, findEngine, installCommand } from './engine.js';
import { engines } from './engines.js';

/** `npm run setup:engines`: gets what the tests need and npm does not bring, or says what to type. */
function setUp(): number {
  // An executable named by hand that is not there is a mistake no package mends.
  const missing = engines.filter((engine) => !findEngine(engine) && !process.env[engine.variable]);
  if (missing.length > 0 && canInstall()) install(missing);

  const stillMissing = engines.filter((engine) => !report(engine));
  if (stillMissing.length === 0) return 0;
  const variables = stillMissing.map(({ variable }) => variable).join(', ');
  say(`\nTo run every test, type:\n\n  ${installCommand(stillMissing)}\n\nor name the executable in ${variables}.`);
  if (process.env.CI === 'true') return 1;
  say('Until then the tests that need it are skipped by name.');
  return 0;
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}

function install(missing: readonly Engine[]): void {
  for (const args of aptCommands(missing)) {
    say(`apt-get ${args.join(' ')}`);
    spawnSync('apt-get', ['-q', ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
}

function report(engine: Engine): boolean {
  const executable = findEngine(engine);
  say(`${engine.name}: ${executable ?? 'missing'}`);
  return executable !== undefined;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = setUp();
