import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

// Before any library is loaded: several look at it once. The processes that are started inherit it.
process.env['NODE_ENV'] = 'production';

const { values } = parseArgs({
  options: {
    store: { type: 'string', multiple: true, default: [] },
    part: { type: 'string', multiple: true, default: [] },
    scale: { type: 'string', default: '1' },
  },
});

// Interrupted, it ends as at any other time: servers are stopped, folders removed.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const scale = Number(values.scale);
if (!(scale > 0 && scale <= 100)) stop(`--scale is ${values.scale}; give a number above 0, such as 0.1.`);
if (!existsSync(new URL('../../dist/index.js', import.meta.url)))
  stop('There is no dist to measure. Run `npm run build` in the folder above, then this again.');

const [{ run }, { report }, { COLUMNS }, { PARTS }, { countsAt }] = await Promise.all([
  import('./run.js'),
  import('./report.js'),
  import('./columns.js'),
  import('./parts/parts.js'),
  import('./counts.js'),
]);

const columns = COLUMNS.filter(({ name }) => asked(values.store, name));
const parts = PARTS.filter(({ name }) => asked(values.part, name));
if (columns.length === 0) stop(`--store takes ${COLUMNS.map(({ name }) => name).join(', ')}, or part of it.`);
if (parts.length === 0) stop(`--part takes ${PARTS.map(({ name }) => name).join(', ')}, or part of it.`);

const counts = countsAt(scale);
const results = await run(columns, parts, counts, (progress) =>
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${progress}` : ''),
);
if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
process.stdout.write(`${report(results, counts)}\n`);

/**
 * @param {readonly string[]} wanted nothing asks for everything
 * @param {string} name
 */
function asked(wanted, name) {
  return wanted.length === 0 || wanted.some((part) => name.includes(part.toLowerCase()));
}

/**
 * @param {string} why
 * @returns {never}
 */
function stop(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
