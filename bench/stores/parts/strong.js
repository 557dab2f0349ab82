/** @import { Answered, Part, Place, Sighting } from '../contract.ts' */
import { openStore } from '../../../dist/stores/open-store.js';
import { verdict } from '../../report/goal.js';
import { now } from '../clock.js';
import { counting, untilNextWrite } from '../counter.js';
import { Lane } from '../measure/lane.js';
import { lateAnswers } from '../measure/sightings.js';
import { Child } from '../processes/child.js';

/** How many requests are under way all the time. */
const CROWD = 16;

/** So many writes at the start come without a pause. */
const AT_ONCE = 10;

/** @typedef {{ requests: number, stale: number, late: number }} Lateness */

/**
 * How many requests do not know of a write that was acknowledged before they were sent: in strong mode, and in cached mode to show
 * that the measurement would notice. The app is sent requests from the moment it listens, while it still loads.
 *
 * @type {Part<{ strong: Lateness, cached: Lateness }>}
 */
export const strong = {
  name: 'strong',

  async measure(place, { writesUnderLoad }) {
    const cached = await lateness(place, 'cached', Math.ceil(writesUnderLoad / 4));
    return { strong: await lateness(place, 'strong', writesUnderLoad), cached };
  },

  rows: ({ writesUnderLoad }) => [
    {
      name: `strong: requests behind an acknowledged write, of all during ${writesUnderLoad} writes`,
      goal: (results) =>
        verdict(
          0,
          'late',
          new Map(
            [...results].map(
              ([
                name,
                {
                  strong: { late, stale },
                },
              ]) => [name, late + stale],
            ),
          ),
        ),
      cell: ({ strong: it }) => shown(it),
    },
    { name: '  the same when cached', cell: ({ cached: it }) => shown(it) },
  ],
};

/** @param {Lateness} lateness */
function shown({ requests, stale, late }) {
  const admitted = stale === 0 ? '' : `, ${stale} said they were stale`;
  return `${late.toLocaleString('en-US')} of ${requests.toLocaleString('en-US')}${admitted}`;
}

/**
 * @param {Place} place
 * @param {'cached' | 'strong'} consistency
 * @param {number} writes
 * @returns {Promise<Lateness>}
 */
async function lateness({ url, environment }, consistency, writes) {
  const store = openStore(url);
  const first = (await store.revision(environment)) + 1;
  await store.apply(environment, counting(first), { by: 'bench' });
  const app = new Child('counter-server.js', url, environment, consistency);
  const lanes = await Lane.open(await app.ask('listen'), CROWD + 1);
  const [afterwards, ...crowd] = lanes;

  /** @type {Sighting[]} */
  const written = [];
  /** @type {Answered[]} */
  const answers = [];
  const send = async (/** @type {Lane} */ lane) => {
    const at = now();
    const { number, stale } = JSON.parse(await lane.get());
    answers.push({ number, stale, at });
  };
  let writing = true;
  const crowding = Promise.all(
    crowd.map(async (lane) => {
      while (writing) await send(lane);
    }),
  );
  for (let number = first + 1; number <= first + writes; number += 1) {
    // While the app loads its flags, one write follows the other.
    if (number > first + AT_ONCE) await untilNextWrite();
    await store.apply(environment, counting(number), { by: 'bench' });
    written.push({ number, at: now() });
    // Those of the crowd come when they come; this one as early as one can that has to know.
    if (afterwards !== undefined) await send(afterwards);
  }
  writing = false;
  await crowding;
  for (const lane of lanes) lane.close();
  await app.end();
  await store.close();

  const stale = answers.filter((answer) => answer.stale).length;
  return { requests: answers.length, stale, late: lateAnswers(written, answers).length };
}
