/** @import { Part } from '../contract.ts' */
import { changes } from './changes.js';
import { loading } from './loading.js';
import { propagation } from './propagation.js';
import { route } from './route.js';
import { strong } from './strong.js';

/** @type {readonly Part<unknown>[]} */
export const PARTS = [propagation, strong, route, loading, changes];
