import { libraryNamed } from '../libraries/libraries.js';
import { lacking } from '../measure/check.js';
import { Instances } from '../measure/prepare.js';
import { quantile } from '../measure/statistics.js';
import { Stopwatch } from '../measure/stopwatch.js';
import { SubjectReader } from '../measure/subject-reader.js';
import { WORKLOADS } from '../workloads/workloads.js';
import { heapKept, heapUsed } from './heap.js';

/*
 * Bytes allocated per read. The process has a young generation so large that nothing is collected while the reads are made:
 * what the heap grows by is what they allocated.
 */
const [name = '', ...wanted] = process.argv.slice(2);
const library = libraryNamed(name);
const instances = new Instances();
/** @type {Record<string, number>} */
const bytes = {};

for (const workload of WORKLOADS) {
  if (!wanted.includes(workload.name) || lacking(library, workload) !== undefined) continue;
  const reader = new SubjectReader(library, workload, await instances.get(library, workload.flags));
  // Code that is not yet optimized allocates more.
  await new Stopwatch(library, workload, reader).warmUp();
  const reads = Math.min(2_000, workload.users.length);
  const samples = [];
  for (let sample = 0; sample < 7; sample += 1) {
    const subjects = await reader.subjects(reads);
    heapKept();
    const nothing = await growth(reader, []);
    samples.push(((await growth(reader, subjects)) - nothing) / reads);
  }
  bytes[workload.name] = quantile(samples, 0.5);
}

process.send?.(bytes);
await instances.close();
process.disconnect();
process.exit();

/**
 * @param {SubjectReader} reader
 * @param {never[]} subjects
 */
async function growth(reader, subjects) {
  const before = heapUsed();
  await reader.read(subjects);
  return heapUsed() - before;
}
