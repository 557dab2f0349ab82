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

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The whole table: what is not in it cannot be asked for, whatever the path looks like. */
export const ASSET_NAMES = [
  'gatekeeper.css',
  'editor.css',
  'changes.css',
  'people.css',
  'toolbar.css',
  'live.js',
  'editor.js',
  'toolbar.js',
  'icon.svg',
];

export function readAssets(): Assets {
  return new Map(ASSET_NAMES.map((name) => [name, readAsset(name)]));
}

function readAsset(name: string): Asset {
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  const body = readFileSync(new URL(`assets/${name}`, VIEWS));
  return { type, body, version: createHash('sha256').update(body).digest('base64url').slice(0, 16) };
}
