import type { Cents } from './money.js';

export interface Product {
  readonly slug: string;
  readonly name: string;
  readonly kind: 'Paper' | 'Pens & ink' | 'Desk';
  readonly price: Cents;
  readonly stock: number;
  /** The colour of the card behind the picture: `tint-…` in css/paper.css. */
  readonly tint: 'mist' | 'moss' | 'butter' | 'rose' | 'lilac' | 'clay';
  readonly line: string;
  readonly story: string;
  readonly facts: readonly string[];
  readonly alt: string;
}

export const products: readonly Product[] = [
  {
    slug: 'field-notebook',
    name: 'Field notebook',
    kind: 'Paper',
    price: 1200,
    stock: 48,
    tint: 'moss',
    line: 'Fits the pocket it will live in',
    story:
      'Sixty-four dotted pages behind a cover that gets better with rain. The corners are rounded, the thread is ' +
      'waxed, and the elastic still closes after a year in a coat.',
    facts: ['9 × 14 cm, 64 pages', 'Dotted, 90 g paper', 'Opens flat'],
    alt: 'A green pocket notebook with an elastic band and a paper label',
  },
  {
    slug: 'evening-journal',
    name: 'Evening journal',
    kind: 'Paper',
    price: 2450,
    stock: 17,
    tint: 'rose',
    line: 'A hard cover for soft thoughts',
    story:
      'Linen boards, two ribbons and paper that does not mind a wet nib. The margins are wide on purpose: the second ' +
      'thought is often the better one.',
    facts: ['A5, 192 pages', 'Ruled with a wide margin', 'Two ribbons'],
    alt: 'A red linen journal with a ribbon hanging from its pages',
  },
  {
    slug: 'heron-fountain-pen',
    name: 'Heron fountain pen',
    kind: 'Pens & ink',
    price: 5800,
    stock: 6,
    tint: 'mist',
    line: 'Steel nib, patient hand',
    story:
      'A slim resin barrel with a steel nib that is ground and tested by hand. It starts at the first stroke, also on ' +
      'the Monday after a holiday.',
    facts: ['Fine or medium nib', 'Cartridge or converter', 'Serviced free for ten years'],
    alt: 'A dark blue fountain pen with a steel nib, drawing a line',
  },
  {
    slug: 'midnight-ink',
    name: 'Midnight ink',
    kind: 'Pens & ink',
    price: 1450,
    stock: 31,
    tint: 'lilac',
    line: 'Blue until you look twice',
    story:
      'A blue-black that dries the colour of a clear night. It flows well, shades a little and comes out of most ' +
      'shirts.',
    facts: ['50 ml', 'Water based', 'Dries in eleven seconds'],
    alt: 'A square glass bottle of dark blue ink with a white label',
  },
  {
    slug: 'drawing-pencils',
    name: 'Drawing pencils',
    kind: 'Pens & ink',
    price: 900,
    stock: 120,
    tint: 'butter',
    line: 'Three grades, one opinion each',
    story:
      'HB for lists, 2B for sketches, 4B for drama. Cedar from managed woods, and a core that does not snap when ' +
      'the point is yours to make.',
    facts: ['HB, 2B and 4B', 'Cedar', 'Sharpened once, by us'],
    alt: 'Three sharpened pencils in yellow, red and blue',
  },
  {
    slug: 'letter-set',
    name: 'Letter set',
    kind: 'Paper',
    price: 1650,
    stock: 22,
    tint: 'clay',
    line: 'For what should not be an e-mail',
    story: 'Twelve sheets, twelve envelopes and a stick of sealing wax. Nobody has ever kept an e-mail in a shoe box.',
    facts: ['12 sheets, 12 envelopes', 'Cotton paper, 120 g', 'Wax included'],
    alt: 'A sheet of letter paper in an envelope closed with red wax',
  },
  {
    slug: 'brass-ruler',
    name: 'Brass ruler',
    kind: 'Desk',
    price: 1900,
    stock: 0,
    tint: 'mist',
    line: 'Straight, and growing old well',
    story:
      'Fifteen centimetres of solid brass, engraved on both edges. It will darken where you hold it, which is the ' +
      'nearest thing to a signature a ruler has.',
    facts: ['15 cm and 6 in', 'Solid brass', 'Engraved, not printed'],
    alt: 'A brass ruler with engraved marks lying across a ruled card',
  },
  {
    slug: 'paper-tape',
    name: 'Paper tape',
    kind: 'Desk',
    price: 700,
    stock: 64,
    tint: 'rose',
    line: 'Holds a page, lets it go again',
    story:
      'Three rolls of thin paper tape in the colours of our ruled lines. Tears by hand, takes a pencil and leaves ' +
      'nothing behind.',
    facts: ['3 rolls, 15 mm × 7 m', 'Writable', 'Peels off clean'],
    alt: 'Three rolls of striped paper tape in red, blue and green',
  },
  {
    slug: 'verdigris-ink',
    name: 'Verdigris ink',
    kind: 'Pens & ink',
    price: 1600,
    stock: 9,
    tint: 'moss',
    line: 'Early access: the colour of old roofs',
    story:
      'Our spring colour, a green that has been rained on for a century. The first nine bottles go to the people on ' +
      'the list; everyone else meets it in April.',
    facts: ['50 ml', 'First batch of nine', 'Shades from teal to moss'],
    alt: 'A round glass bottle of green ink with a cork',
  },
];
