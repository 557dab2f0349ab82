/**
 * MurmurHash3 x86 32-bit by Austin Appleby (public domain, https://github.com/aappleby/smhasher), over the UTF-8 bytes of
 * a string. Frozen: a change would give every user another bucket. Pinned by test/vectors.
 */
export function murmur3(text: string, seed = 0): number {
  const length = text.length;
  const blocksEnd = length & ~3;
  let hash = seed | 0;
  let index = 0;
  for (; index < blocksEnd; index += 4) {
    const a = text.charCodeAt(index);
    const b = text.charCodeAt(index + 1);
    const c = text.charCodeAt(index + 2);
    const d = text.charCodeAt(index + 3);
    // One character of a string is one byte of its UTF-8 only while it is ASCII.
    if ((a | b | c | d) > 0x7f) return murmur3Bytes(utf8.encode(text), seed);
    hash = addBlock(hash, a | (b << 8) | (c << 16) | (d << 24));
  }
  let tail = 0;
  for (let shift = 0; index < length; index += 1, shift += 8) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return murmur3Bytes(utf8.encode(text), seed);
    tail |= code << shift;
  }
  return finish(hash ^ scramble(tail), length);
}

const utf8 = new TextEncoder();

function murmur3Bytes(bytes: Uint8Array, seed: number): number {
  const blocksEnd = bytes.length & ~3;
  let hash = seed | 0;
  for (let index = 0; index < blocksEnd; index += 4) hash = addBlock(hash, littleEndian(bytes, index, 4));
  return finish(hash ^ scramble(littleEndian(bytes, blocksEnd, bytes.length - blocksEnd)), bytes.length);
}

function littleEndian(bytes: Uint8Array, start: number, count: number): number {
  let word = 0;
  for (let offset = 0; offset < count; offset += 1) word |= (bytes[start + offset] ?? 0) << (8 * offset);
  return word;
}

function scramble(block: number): number {
  const product = Math.imul(block, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

function addBlock(hash: number, block: number): number {
  const mixed = hash ^ scramble(block);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number, length: number): number {
  return fmix32(hash ^ length);
}

/** MurmurHash3's finalizer: every input bit reaches every output bit. Unsigned 32-bit result. */
export function fmix32(input: number): number {
  let hash = input;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
