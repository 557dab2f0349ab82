export type { FlagVariants } from '../evaluation/register.js';
export { overrideFlags } from './override-flags.js';
export type { StoreUnderTest } from './store-contract/promise.js';
export { storeContract, type TestRunner } from './store-contract/store-contract.js';
