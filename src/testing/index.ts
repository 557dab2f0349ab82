export { type FlagVariants, overrideFlags } from './override-flags.js';
