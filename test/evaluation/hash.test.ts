import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fmix32, murmur3 } from '../../src/evaluation/hash.js';
import { anyText, wholeCharacters } from '../vectors/any-text.js';
import { readVectors } from '../vectors/vectors.js';
import { referenceMurmur3 } from './reference-murmur3.js';

interface Vector {
  readonly text: string;
  readonly seed: number;
  readonly hash: string;
}

const { published, more } = readVectors<Record<'published' | 'more', readonly Vector[]>>('murmur3');

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

function hex(hash: number): string {
  return hash.toString(16).padStart(8, '0');
}

describe('murmur3', () => {
  it.each(published)('gives the published hash $hash of $text with seed $seed', ({ text, seed, hash }) => {
    expect(hex(murmur3(text, seed))).toBe(hash);
  });

  it.each(more)('gives the pinned hash $hash of $text with seed $seed', ({ text, seed, hash }) => {
    expect(hex(murmur3(text, seed))).toBe(hash);
  });

  it.each([
    ['ASCII', fc.string({ maxLength: 40 })],
    ['whole characters', wholeCharacters({ maxLength: 40 })],
    ['any UTF-16 units, lone surrogates included', anyText()],
  ])('agrees with a second implementation over the UTF-8 bytes of %s', (_kind, texts) => {
    fc.assert(
      fc.property(texts, seeds, (text, seed) => {
        expect(murmur3(text, seed)).toBe(referenceMurmur3(Buffer.from(text, 'utf8'), seed));
      }),
    );
  });

  it('agrees with it at every length around a block, wherever the first non-ASCII character stands', () => {
    for (let length = 0; length <= 13; length += 1) {
      for (let at = -1; at < length; at += 1) {
        const text = [...'abcdefghijklm'.slice(0, length)]
          .map((letter, index) => (index === at ? 'é' : letter))
          .join('');
        expect(murmur3(text, 7), text).toBe(referenceMurmur3(Buffer.from(text, 'utf8'), 7));
      }
    }
  });

  it('hashes with seed 0 when no seed is given', () => {
    expect(murmur3('user-1')).toBe(murmur3('user-1', 0));
  });
});

describe('fmix32', () => {
  it('loses nothing: every input can be told from its output', () => {
    const undone = (hash: number): number => {
      let value = hash ^ (hash >>> 16);
      value = Math.imul(value, 0x7ed1b41d);
      value ^= (value >>> 13) ^ (value >>> 26);
      value = Math.imul(value, 0xa5cb9243);
      return (value ^ (value >>> 16)) >>> 0;
    };
    fc.assert(
      fc.property(seeds, (input) => {
        expect(undone(fmix32(input))).toBe(input);
      }),
    );
  });
});

describe('the second implementation', () => {
  it('passes the verification that SMHasher defines for MurmurHash3_x86_32', () => {
    const hashes = Array.from({ length: 256 }, (_, length) => {
      return referenceMurmur3(
        Uint8Array.from({ length }, (_byte, index) => index),
        256 - length,
      );
    });
    const bytes = Buffer.alloc(4 * 256);
    for (const [index, hash] of hashes.entries()) bytes.writeUInt32LE(hash, 4 * index);
    expect(hex(referenceMurmur3(bytes))).toBe('b0f57ee3');
  });

  it.each([
    [[0xff, 0xff, 0xff, 0xff], 0, '76293b50'],
    [[0x21, 0x43, 0x65, 0x87], 0, 'f55b516b'],
    [[0x21, 0x43, 0x65, 0x87], 0x5082edee, '2362f9de'],
  ])('gives the published hash of bytes that are no text: %j with seed %i', (bytes, seed, hash) => {
    expect(hex(referenceMurmur3(Uint8Array.from(bytes), seed))).toBe(hash);
  });
});
