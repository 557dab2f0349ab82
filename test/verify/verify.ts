import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nothing, type Report, sum, summaryLine, type Tally, tallyOf } from './tally.js';

/** A script of package.json. Those that run vitest are counted. */
interface Step {
  readonly script: string;
  readonly counted: boolean;
}

const steps: readonly Step[] = [
  { script: 'setup:engines', counted: false },
  { script: 'build', counted: false },
  { script: 'lint', counted: false },
  { script: 'typecheck', counted: false },
  { script: 'check:package', counted: false },
  { script: 'test', counted: true },
  { script: 'test:browser', counted: true },
  { script: 'test:package', counted: true },
];

/** `npm run verify`: everything but the benchmarks, up to the first step that fails. */
function verify(reports: string): Tally {
  let tally = nothing;
  for (const step of steps) {
    const report = join(reports, `${step.script.replace(':', '-')}.json`);
    const succeeded = run(step, report);
    tally = sum([tally, read(report)]);
    if (!succeeded) {
      say(`Stopped: repeat it alone with "npm run ${step.script}".\n`);
      // A linter that fails has no failing test to count, and must not leave "0 failed" as the last word.
      return tally.failed > 0 ? tally : { ...tally, failed: 1 };
    }
  }
  if (tally.passed > 0) return tally;
  say('No test ran at all: that is a failure.\n');
  return { ...tally, failed: 1 };
}

function run({ script, counted }: Step, report: string): boolean {
  say(`\n▶ ${script}`);
  const reporters = counted ? ['--', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
  const start = performance.now();
  const { status, signal, error } = spawnSync('npm', ['run', '--silent', script, ...reporters], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const duration = `${((performance.now() - start) / 1000).toFixed(1)} s`;
  if (status === 0) say(`✔ ${script} (${duration})`);
  else say(`✘ ${script} (${duration}): ${error?.message ?? (signal ? `ended by ${signal}` : `exit code ${status}`)}`);
  return status === 0;
}

function read(report: string): Tally {
  return existsSync(report) ? tallyOf(JSON.parse(readFileSync(report, 'utf8')) as Report) : nothing;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const reports = mkdtempSync(join(tmpdir(), 'gatekeeper-verify-'));
try {
  const tally = verify(reports);
  say(`\n${summaryLine(tally)}`);
  process.exitCode = tally.failed > 0 ? 1 : 0;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
