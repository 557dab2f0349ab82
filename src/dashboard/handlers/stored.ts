import { GatekeeperError } from '../../errors.js';
import type { Administration } from '../../runtime/administration.js';
import type { Answer, DashboardRequest, Page } from '../answer.js';
import { noStore, refused, storeDown } from './problems.js';

/** For handlers of what is stored: where there is no store, or it does not answer, a page says so. */
export function stored<Request extends DashboardRequest>(
  handler: (request: Request, administration: Administration) => Promise<Answer>,
): (request: Request) => Promise<Answer> {
  return async (request) => {
    const { administration } = request;
    if (administration === undefined) return noStore();
    try {
      return await handler(request, administration);
    } catch (error) {
      if (error instanceof GatekeeperError) return failed(error);
      throw error;
    }
  };
}

function failed({ code, message }: GatekeeperError): Page {
  return code.startsWith('STORE_') ? storeDown(message) : refused(message);
}
