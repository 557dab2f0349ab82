import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

// Before any library is loaded: several look at it once.
process.env['NODE_ENV'] = 'production';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    loads: { type: 'string', default: '5' },
    library: { type: 'string', multiple: true, default: [] },
    workload: { type: 'string', multiple: true, default: [] },
  },
});

if (missing('../dist/index.js'))
  stop('There is no dist to measure. Run `npm run build` in the folder above, then this again.');
if (missing('node_modules'))
  stop('The other libraries are not installed. Run `npm ci` in this folder, then this again.');

const [{ run }, { report }, { LIBRARIES }, { WORKLOADS }] = await Promise.all([
  import('./run.js'),
  import('./report/report.js'),
  import('./libraries/libraries.js'),
  import('./workloads/workloads.js'),
]);

const results = await run({
  libraries: LIBRARIES.filter(({ name }) => asked(values.library, name)),
  workloads: WORKLOADS.filter(({ name }) => asked(values.workload, name)),
  rounds: count('rounds', 1),
  loads: count('loads', 0),
  tell: (progress) => process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${progress}` : ''),
});
if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
process.stdout.write(`${report(results)}\n`, () => process.exit());

/**
 * @param {readonly string[]} parts nothing asks for everything
 * @param {string} name
 */
function asked(parts, name) {
  return parts.length === 0 || parts.some((part) => name.toLowerCase().includes(part.toLowerCase()));
}

/**
 * @param {'rounds' | 'loads'} option
 * @param {number} least
 */
function count(option, least) {
  const number = Number(values[option]);
  if (Number.isInteger(number) && number >= least) return number;
  return stop(`--${option} is ${values[option]}; give a whole number from ${least}.`);
}

/** @param {string} path */
function missing(path) {
  return !existsSync(new URL(path, import.meta.url));
}

/**
 * @param {string} why
 * @returns {never}
 */
function stop(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
