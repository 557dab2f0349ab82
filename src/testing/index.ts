export type { FlagVariants } from '../evaluation/register.js';
export { overrideFlags } from './override-flags.js';
