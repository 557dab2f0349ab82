import type { Request, Response } from 'express';
import type { Answer, File, Page } from './answer.js';
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
  /** Whether there is a store, with a history and perhaps other environments. */
  readonly stores: boolean;
}

export type Respond = (around: Surroundings, answer: Answer) => void;

/** Opens templates and assets once, and gives the function that turns answers into HTTP. */
export function responder(): Respond {
  const render = openViews();
  const assets = readAssets();

  return (around, answer) => {
    guardHeaders(around.res);
    if ('redirect' in answer) redirect(around.res, answer.redirect);
    else if ('file' in answer) sendFile(around, answer, assets);
    else sendPage(around.res, answer, render(answer.view, { ...shell(around, assets), ...answer.model }));
  };
}

function shell({ req, res, location, person, environment, stores }: Surroundings, assets: Assets): object {
  const { root } = location;
  const userId = person && req.gk.userId;
  return {
    root,
    environment,
    // Without the right to view, the stylesheet is refused as well: such a page does not ask for it.
    styled: person?.can.has('view') === true,
    rooms: roomsFor(location.path, stores),
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
