import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { VIEWS } from './views.js';

/** A file for browsers, read once. */
export interface Asset {
  readonly type: string;
  readonly body: Buffer;
  /** Changes with the content, so that browsers may keep what they have for a year. */
  readonly version: string;
}

/** By name. */
export type Assets = ReadonlyMap<string, Asset>;

const TYPES = { 'gatekeeper.css': 'text/css; charset=utf-8', 'icon.svg': 'image/svg+xml' };

/** The whole table: what is not in it cannot be asked for, whatever the path looks like. */
export const ASSET_NAMES = Object.keys(TYPES);

export function readAssets(): Assets {
  return new Map(Object.entries(TYPES).map(([name, type]) => [name, readAsset(name, type)]));
}

function readAsset(name: string, type: string): Asset {
  const body = readFileSync(new URL(`assets/${name}`, VIEWS));
  return { type, body, version: createHash('sha256').update(body).digest('base64url').slice(0, 16) };
}
