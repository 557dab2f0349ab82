import { randomInt } from 'node:crypto';

/** Where the shop sends to. */
export const countries = { DE: 'Germany', IE: 'Ireland', NO: 'Norway', SE: 'Sweden' } as const;
export type Country = keyof typeof countries;

/** What a parcel is labelled with. */
export interface Label {
  readonly name: string;
  readonly email: string;
  readonly address: string;
}

export interface Person extends Label {
  readonly id: number;
  readonly firstName: string;
  readonly role: 'developer' | 'customer';
  readonly plan: 'none' | 'premium';
  readonly country: Country;
  readonly joined: 'long ago' | 'this week';
  readonly about: string;
}

export const people: readonly Person[] = [
  {
    id: 1,
    name: 'Ada Lindqvist',
    firstName: 'Ada',
    role: 'developer',
    plan: 'none',
    country: 'SE',
    joined: 'long ago',
    about: 'Writes the code of this shop and sees what she is working on before anyone else does.',
    email: 'ada@marginalia.example',
    address: 'Bergsgatan 4, 112 23 Stockholm',
  },
  {
    id: 2,
    name: 'Bruno Okafor',
    firstName: 'Bruno',
    role: 'customer',
    plan: 'premium',
    country: 'IE',
    joined: 'long ago',
    about: 'Premium customer for years. Fills a notebook a month and ships free.',
    email: 'bruno@letters.example',
    address: '18 Quay Street, Galway H91 XY27',
  },
  {
    id: 3,
    name: 'Mei Tanaka',
    firstName: 'Mei',
    role: 'customer',
    plan: 'none',
    country: 'DE',
    joined: 'this week',
    about: 'Opened her account this week and is looking for a first fountain pen.',
    email: 'mei@postcards.example',
    address: 'Hafenweg 7, 20457 Hamburg',
  },
];

export function findPerson(id: unknown): Person | undefined {
  return people.find((person) => person.id === id);
}

/** Somebody who opens an account. Each gets a new id, so that percentages deal them anew. */
export function newCustomer(label: Label, country: Country, plan: Person['plan']): Person {
  return {
    ...label,
    id: randomInt(1_000, 1_000_000),
    firstName: label.name.split(/\s+/)[0] ?? label.name,
    role: 'customer',
    plan,
    country,
    joined: 'this week',
    about: 'Opened an account a moment ago.',
  };
}

/** What flags may know about somebody beyond the id. */
export function attributesOf(person: Person | undefined) {
  return { role: person?.role, plan: person?.plan, country: person?.country, joined: person?.joined };
}
