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
    ? Registered<ValueOf<FlagMap[Flag]>>
    : never;

/** A caller's default may be any boolean or number; text is one of the flag's own, so that typos are found. */
type Registered<Value> = Value extends boolean ? boolean : Value extends number ? number : Value;

/** What reading a value gives: what the flag is registered with, else something of the default's type. */
export type ReadValue<Flag extends string, Default> = [KnownName] extends [never] ? Widened<Default> : FlagValue<Flag>;

type Widened<Value> = Value extends string
  ? string
  : Value extends number
    ? number
    : Value extends boolean
      ? boolean
      : Value;

/** What a `match` gives. A name that is not registered may be of no flag, which matches nothing. */
export type Matched<Flag extends string, Given extends Readonly<Record<string, () => unknown>>> =
  | ReturnType<Given[VariantName<Flag> & keyof Given]>
  | ([KnownName] extends [never] ? undefined : never);

/** Anything; written so that the compiler keeps `'shown'` from becoming `string`. */
// biome-ignore lint/suspicious/noConfusingVoidType: a case may return nothing
// biome-ignore lint/complexity/noBannedTypes: as a constraint it means "not null or undefined", which are listed
export type Plain = string | number | bigint | boolean | symbol | null | undefined | {} | void;

/** Flag → one of its variants, for some flags. */
export type FlagVariants = [KnownName] extends [never]
  ? Readonly<Record<string, string>>
  : { readonly [F in FlagName]?: VariantName<F> };
