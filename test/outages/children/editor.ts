import { ConflictError, gatekeeper } from '../../../src/index.js';
import { given, tell } from './settings.js';
import { storeOf } from './store-of.js';

const LANES = 10;

// Makes so many patches of one field at once, and counts another flag up as often; tells how often it was refused.
const settings = given<{ readonly field: string; readonly times: number }>();
const { field, times } = settings;
const gk = gatekeeper({ flags: [], store: storeOf(settings.store) });
const by = { by: field };
let refused = 0;

/** Each time from what it has seen, and when somebody was faster, from what is there by then. */
async function countUp(): Promise<void> {
  let seen = { revision: 0, count: 0 };
  for (let counted = 0; counted < times / LANES; ) {
    const next = seen.count + 1;
    try {
      const change = { ...by, expectedRevision: seen.revision };
      const revision = await gk.update('counter', { description: String(next) }, change);
      seen = { revision, count: next };
      counted += 1;
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      refused += 1;
      const now = error.current.flags?.['counter'] as { readonly description: string };
      seen = { revision: error.revision, count: Number(now.description) };
    }
  }
}

await gk.ready();
const patches = Array.from({ length: times }, (_, index) =>
  gk.update('shared', { [field]: `${field} ${index}` }, { ...by, comment: `${field} ${index}` }),
);
const counts = Array.from({ length: LANES }, countUp);
await Promise.all([...patches, ...counts]);
await gk.close();
tell('refused', refused);
