/** True when the two types are the same, neither wider nor narrower. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Takes `true` alone: `same<Equal<A, B>>()` compiles only while A is B. */
export declare function same<_Holds extends true>(): void;
