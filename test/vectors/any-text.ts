import fc from 'fast-check';

interface Length {
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Any sequence of UTF-16 units: lone surrogates, controls and unassigned characters among them. */
export function anyText(length: Length = {}): fc.Arbitrary<string> {
  const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));
  const ascii = fc.nat(0x7f).map((code) => String.fromCharCode(code));
  return fc.string({ ...length, unit: fc.oneof(unit, ascii) });
}

/** Whole characters of all planes. */
export function wholeCharacters(length: Length = {}): fc.Arbitrary<string> {
  const isWhole = (code: number): boolean => code < 0xd800 || code > 0xdfff;
  const character = fc.nat(0x10ffff).filter(isWhole);
  return fc.string({ ...length, unit: character.map((code) => String.fromCodePoint(code)) });
}
