import { type Request, type Response, Router } from 'express';
import { GatekeeperError } from 'express-gatekeeper';
import type { ShopFlags } from '../flag-store.js';
import type { Log } from '../log.js';
import { attributesOf, type Person } from '../people.js';
import { leaveNotice, personOf } from '../session.js';

const SEGMENT = 'early-access';

/** Customers put themselves on the list of a segment, and take themselves off it. */
export function earlyAccess({ gk }: ShopFlags, log: Log): Router {
  const router = Router();

  const sees = (person: Person): boolean =>
    gk.for({ userId: person.id, attributes: attributesOf(person) }).isEnabled('early-access/verdigris');

  router.post('/early-access/join', async (req, res) => {
    await changeList(req, res, async (person) => {
      await gk.joinSegment(SEGMENT, person.id, { comment: 'Joined in the shop' });
      return sees(person)
        ? 'You are on the list. Here is what hardly anybody has seen yet.'
        : 'You are on the list. There is nothing to be seen early just now.';
    });
  });

  router.post('/early-access/leave', async (req, res) => {
    await changeList(req, res, async (person) => {
      await gk.leaveSegment(SEGMENT, person.id, { comment: 'Left in the shop' });
      return sees(person)
        ? 'You are not on the list, and see it all the same: you are let in by something else, such as Premium.'
        : 'You are off the list. The ink will wait for you until spring.';
    });
  });

  async function changeList(req: Request, res: Response, change: (person: Person) => Promise<string>): Promise<void> {
    const person = personOf(req);
    if (person === undefined) return res.redirect(303, '/login?next=/');
    try {
      leaveNotice(req, await change(person));
    } catch (error) {
      // The store is down, or it is not ours to write to: what was known serves on, only this has to wait.
      if (!(error instanceof GatekeeperError)) throw error;
      log.warn(`${req.path} for user ${person.id}: ${error.message}`);
      leaveNotice(req, 'We cannot get at the list just now, so nothing has changed. Please try again in a minute.');
    }
    res.redirect(303, '/');
  }

  return router;
}
