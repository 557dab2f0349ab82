import type { Answer, DashboardRequest } from '../answer.js';
import { strangerBy } from '../same-origin.js';

const REVISION = /^\d{1,15}$/;

/** `GET /live?since=…`: tells a page of changes for as long as it is open. */
export function listen({ live, query, http }: DashboardRequest): Answer {
  // Other sites could not read it, but take all places. 204 tells a browser not to come back.
  if (strangerBy(http) !== undefined) return { silence: 204 };
  const since = String(http.headers['last-event-id'] ?? query.get('since'));
  const stream = live.join(REVISION.test(since) ? Number(since) : undefined);
  return stream === undefined ? { silence: 204 } : { stream };
}
