export interface Person {
  readonly id: number;
  readonly name: string;
  readonly firstName: string;
  readonly role: 'developer' | 'customer';
  readonly plan: 'none' | 'premium';
  readonly joined: 'long ago' | 'this week';
  readonly about: string;
  readonly email: string;
  readonly address: string;
}

export const people: readonly Person[] = [
  {
    id: 1,
    name: 'Ada Lindqvist',
    firstName: 'Ada',
    role: 'developer',
    plan: 'none',
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
    joined: 'this week',
    about: 'Opened her account this week and is looking for a first fountain pen.',
    email: 'mei@postcards.example',
    address: 'Hafenweg 7, 20457 Hamburg',
  },
];

/** What flags may know about somebody beyond the id. */
export function attributesOf(person: Person | undefined) {
  return { role: person?.role, plan: person?.plan, joined: person?.joined };
}

export function findPerson(id: unknown): Person | undefined {
  return people.find((person) => person.id === id);
}
