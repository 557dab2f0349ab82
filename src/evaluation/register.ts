import type { NameOf, ValueOf } from './variants.js';

/**
 * Filled in once by the app, so that flag names and variants are typed everywhere; empty, names are plain strings.
 *
 * @example
 * ```ts
 * export const flags = [new MyNewFeature()] as const;
 * declare module 'express-gatekeeper' { interface Register { flags: typeof flags } }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: an interface is what apps can add to from outside
export interface Register {}

type MembersOf<Flags> = Flags extends readonly (infer Member)[] ? Member : Flags[keyof Flags];
type RegisteredFlags = Register extends { flags: infer Flags } ? MembersOf<Flags> : never;
type RegisteredData = Register extends { definitions: { flags: infer Data } } ? Data : unknown;

type DataVariants<Definition> = Definition extends { variants: infer Listed } ? Listed : { on: true; off: false };

type NameOfFlag<Flag> = Flag extends { flagName: infer Name extends string } ? Name : never;

/** Flag name → its variants, for all that is registered; a class says more than the data over it. */
type FlagMap = {
  [Flag in RegisteredFlags as NameOfFlag<Flag>]: Flag extends {
    variants: infer Listed;
  }
    ? Listed
    : never;
} & { [Name in Exclude<keyof RegisteredData, NameOfFlag<RegisteredFlags>>]: DataVariants<RegisteredData[Name]> };

type KnownName = keyof FlagMap & string;

/** The name of a flag: one of the registered names, or any string while nothing is registered. */
export type FlagName = [KnownName] extends [never] ? string : KnownName;

/** The name of a variant of `Flag`. */
export type VariantName<Flag extends string> = [KnownName] extends [never]
  ? string
  : Flag extends KnownName
    ? NameOf<FlagMap[Flag]>
    : never;

/** The value of a variant of `Flag`. */
export type FlagValue<Flag extends string> = [KnownName] extends [never]
  ? unknown
  : Flag extends KnownName
    ? Widened<ValueOf<FlagMap[Flag]>>
    : never;

/** A caller's default may be any boolean or number; a string is one of the flag's own, so that typos are found. */
type Widened<Value> = Value extends boolean ? boolean : Value extends number ? number : Value;
