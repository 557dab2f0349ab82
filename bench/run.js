/** @import { Absence, Library, Spread, Workload } from './contract.ts' */
/** @import { Loading } from './memory/loading.js' */
import { gatekeeperByUser } from './libraries/gatekeeper/by-user.js';
import { shareProblem } from './measure/check.js';
import { Instances, prepare } from './measure/prepare.js';
import { inRounds } from './measure/rounds.js';
import { medianRatio, spreadOf } from './measure/statistics.js';
import { Stopwatch } from './measure/stopwatch.js';
import { allocation } from './memory/allocation.js';
import { loading } from './memory/loading.js';

/** @typedef {{ kind: 'measured', spread: Spread, ratio: number | undefined, bytes: number }} Measured */
/** @typedef {Measured | Absence} Cell */
/** @typedef {{ workload: Workload, cells: Map<Library, Cell> }} Row */
/** @typedef {{ libraries: readonly Library[], rows: readonly Row[], loads: Map<Library, Loading> }} Results */

/**
 * @typedef {object} Plan
 * @property {readonly Library[]} libraries
 * @property {readonly Workload[]} workloads
 * @property {number} rounds
 * @property {number} loads how often each library loads many flags
 * @property {(progress: string) => void} tell
 */

/**
 * Measures everything: first what is allocated and kept, in processes of their own, then the times of all side by side.
 *
 * @param {Plan} plan
 * @returns {Promise<Results>}
 */
export async function run({ libraries, workloads, rounds, loads, tell }) {
  /** @type {Map<Library, Readonly<Record<string, number>>>} */
  const allocated = new Map();
  for (const library of libraries) {
    tell(`counting what ${library.name} allocates`);
    allocated.set(library, await allocation(library, workloads));
  }
  tell('loading many flags');
  const loaded = await loading(
    libraries.filter(({ lacks }) => lacks === undefined),
    loads,
  );
  const rows = await timed(libraries, workloads, rounds, tell, allocated);
  return { libraries, rows, loads: loaded };
}

/**
 * @param {readonly Library[]} libraries
 * @param {readonly Workload[]} workloads
 * @param {number} rounds
 * @param {(progress: string) => void} tell
 * @param {ReadonlyMap<Library, Readonly<Record<string, number>>>} allocated
 * @returns {Promise<Row[]>}
 */
async function timed(libraries, workloads, rounds, tell, allocated) {
  const instances = new Instances();
  /** @type {{ workload: Workload, library: Library, what: Stopwatch | Absence }[]} */
  const prepared = [];
  for (const workload of workloads) {
    tell(`checking: ${workload.name}`);
    for (const library of libraries) {
      prepared.push({ workload, library, what: await prepare(library, workload, instances) });
    }
  }
  const stopwatches = prepared.flatMap(({ what }) => (what instanceof Stopwatch ? [what] : []));
  for (const [index, stopwatch] of stopwatches.entries()) {
    tell(`warming up: ${index + 1} of ${stopwatches.length}`);
    await stopwatch.warmUp();
  }
  const figures = await inRounds(stopwatches, rounds, (done) => tell(`timing: round ${done} of ${rounds}`));
  await instances.close();

  return workloads.map((workload) => {
    const ofWorkload = prepared.filter((each) => each.workload === workload);
    const ours = ofWorkload.find(({ library }) => library === gatekeeperByUser)?.what;
    const oursFigures = ours instanceof Stopwatch ? figures.get(ours) : undefined;
    const cells = ofWorkload.map(({ library, what }) => {
      if (!(what instanceof Stopwatch)) return /** @type {const} */ ([library, what]);
      const bytes = allocated.get(library)?.[workload.name] ?? Number.NaN;
      return /** @type {const} */ ([library, cellOf(what, figures.get(what) ?? [], oursFigures, bytes)]);
    });
    return { workload, cells: new Map(cells) };
  });
}

/**
 * @param {Stopwatch} stopwatch
 * @param {readonly number[]} figures
 * @param {readonly number[] | undefined} ours
 * @param {number} bytes
 * @returns {Cell}
 */
function cellOf({ workload, share }, figures, ours, bytes) {
  const why = shareProblem(workload, share);
  if (why !== undefined) return { kind: 'wrong', why: `while it was timed, ${why}` };
  return { kind: 'measured', spread: spreadOf(figures), ratio: ours && medianRatio(figures, ours), bytes };
}
