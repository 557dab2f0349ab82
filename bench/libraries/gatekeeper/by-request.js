/** @import { Request, Response } from 'express' */
/** @import { RequestGatekeeper } from '../../../dist/index.js' */
/** @import { Library, User } from '../../contract.ts' */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import express from 'express';
import { gatekeeper } from '../../../dist/index.js';
import { gatekeeperDefinitions } from './definitions.js';

/** @typedef {{ request: Request, response: Response }} Exchange */

/**
 * Ours in a request: `req.gk`, put there by the middleware, with a logged-in user on `req.user`.
 *
 * @type {Library}
 */
export const gatekeeperByRequest = {
  name: 'req.gk',

  definitions: gatekeeperDefinitions,

  load(definitions) {
    const gk = gatekeeper({
      definitions: JSON.parse(definitions),
      attributes: (request) => /** @type {{ user: User }} */ (/** @type {unknown} */ (request)).user.attributes,
    });
    // The types of Express do not tell that an app has prototypes of its own for both.
    const app = /** @type {express.Application & Exchange} */ (express());
    const socket = new Socket();
    return {
      arrive: (/** @type {User} */ user) => exchange(app, socket, user),
      context(/** @type {Exchange} */ { request, response }) {
        gk(request, response, proceed);
        // Taken off the request once, as a handler should that reads several flags: on an Express request, whatever property is
        // read costs several times what a flag does.
        return request.gk;
      },
      isOn: (/** @type {RequestGatekeeper} */ reader, flag) => reader.isEnabled(flag),
      variant: (/** @type {RequestGatekeeper} */ reader, flag) => reader.ffVariant(flag),
      all: (/** @type {RequestGatekeeper} */ reader) => reader.all(),
      one: (all, flag) => (all[flag] === 'on' ? true : all[flag] === 'off' ? false : all[flag]),
      close: () => gk.close(),
    };
  },
};

function proceed() {}

/**
 * A request as Express hands it to middleware once somebody is logged in, without the network.
 *
 * @param {Exchange} app
 * @param {Socket} socket
 * @param {User} user
 * @returns {Exchange}
 */
function exchange(app, socket, user) {
  const request = Object.setPrototypeOf(new IncomingMessage(socket), app.request);
  const response = Object.setPrototypeOf(new ServerResponse(request), app.response);
  request.res = response;
  response.req = request;
  response.locals = Object.create(null);
  request.headers = { host: 'shop.example', accept: 'text/html', 'user-agent': 'Mozilla/5.0' };
  request.user = user;
  return { request, response };
}
