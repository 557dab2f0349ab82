import { WRITE, WRITTEN_SHAPE } from '../options.js';
import type { Verb } from '../verb.js';
import { membership } from './join.js';

export const leave: Verb = {
  about: 'take a user off the list of a segment',
  takes: ['<segment> <user>', 2, 2],
  options: WRITE,
  more: `Whoever belongs to the segment by its condition goes on belonging to it.
${WRITTEN_SHAPE}`,
  run: membership(false),
};
