import type { Request, Response } from 'express';
import type { Answer, Data, File, Page, Stream } from './answer.js';
import { type Assets, readAssets } from './assets.js';
import type { Person } from './authorize.js';
import { tokenIssuer } from './csrf.js';
import { guardHeaders } from './headers.js';
import type { Location } from './location.js';
import { roomsFor } from './rooms.js';
import { openViews } from './views.js';

/** What every page shows around its own part. */
export interface Surroundings {
  readonly req: Request;
  readonly res: Response;
  readonly location: Location;
  /** Whoever is looking, once let in. */
  readonly person: Person | undefined;
  readonly environment: string;
  /** The change that the page shows at least. */
  readonly revision: number;
  /** Whether there is a store, with a history and perhaps other environments. */
  readonly stores: boolean;
}

/** How many bytes may wait for a browser that listens. */
const MOST_UNREAD = 256 * 1024;

export type Respond = (around: Surroundings, answer: Answer) => void;

/** Opens templates and assets once, and gives the function that turns answers into HTTP. */
export function responder(): Respond {
  const render = openViews();
  const assets = readAssets();

  return (around, answer) => {
    guardHeaders(around.res);
    if ('redirect' in answer) redirect(around.res, answer.redirect);
    else if ('file' in answer) sendFile(around, answer, assets);
    else if ('stream' in answer) sendStream(around, answer);
    else if ('silence' in answer) sendNothing(around.res, answer.silence);
    else if ('data' in answer) sendData(around, answer);
    else sendPage(around.res, answer, render(answer.view, { ...shell(around, assets), ...answer.model }));
  };
}

function shell(around: Surroundings, assets: Assets): object {
  const { req, res, location, person, environment, revision, stores } = around;
  const { root } = location;
  const userId = person && req.gk.userId;
  return {
    root,
    environment,
    // Without the right to view, the stylesheet is refused as well: such a page does not ask for it.
    styled: person?.can.has('view') === true,
    rooms: roomsFor(location.path, stores),
    stores,
    live: stores ? `${root}live?since=${revision}` : '',
    // The answer to a form cannot be had again by its address.
    reloads: req.method === 'GET',
    by: person?.by ?? '',
    user: userId === undefined ? '' : String(userId),
    token: tokenIssuer(req, res),
    asset: (name: string) => `${root}${name}?v=${assets.get(name)?.version ?? ''}`,
  };
}

function redirect(res: Response, location: string): void {
  res.statusCode = 303;
  res.setHeader('Location', location);
  res.end();
}

function sendPage(res: Response, { status, headers = {} }: Page, html: string): void {
  const body = Buffer.from(html);
  res.statusCode = status;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.setHeader('Content-Length', body.length);
  res.end(body);
}

function sendData({ req, res }: Surroundings, { data }: Data): void {
  const body = Buffer.from(JSON.stringify(data(tokenIssuer(req, res))));
  res.statusCode = 200;
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', body.length);
  res.end(body);
}

function sendFile({ req, res, location }: Surroundings, { file }: File, assets: Assets): void {
  const asset = assets.get(file);
  if (asset === undefined) throw new Error(`${file} is not among the dashboard's assets`);
  const etag = `"${asset.version}"`;
  const asked = new URLSearchParams(location.search).get('v');
  // Only the version that was asked for may be kept for long: two releases may be behind one balancer.
  const keep = asked === asset.version ? 'private, max-age=31536000, immutable' : 'private, no-cache';
  res.setHeader('Cache-Control', keep);
  res.setHeader('ETag', etag);
  if (req.headers['if-none-match'] === etag) {
    res.statusCode = 304;
    res.end();
    return;
  }
  res.statusCode = 200;
  res.setHeader('Content-Type', asset.type);
  res.setHeader('Content-Length', asset.body.length);
  res.end(asset.body);
}

function sendStream({ req, res }: Surroundings, { stream }: Stream): void {
  res.statusCode = 200;
  res.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
  // What compresses answers would keep events back until there are enough of them, and so would nginx.
  res.setHeader('Cache-Control', 'no-store, no-transform');
  res.setHeader('X-Accel-Buffering', 'no');
  res.flushHeaders();
  if (req.method === 'HEAD' || res.destroyed) {
    res.end();
    return;
  }
  const { server } = req.socket as { readonly server?: { readonly listening: boolean } };
  const stop = stream({
    // Whoever does not read is hung up on before what was not read piles up.
    send: (text) => void (res.writableLength > MOST_UNREAD ? res.destroy() : res.write(text)),
    end: () => void res.end(),
    get wanted() {
      return server?.listening !== false;
    },
  });
  res.once('close', stop);
}

function sendNothing(res: Response, status: number): void {
  res.statusCode = status;
  res.end();
}
