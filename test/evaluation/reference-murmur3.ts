/**
 * MurmurHash3_x86_32 written a second time, slowly, from its description: over bytes, in integers without a width, cut to
 * 32 bits after each step. What it has in common with the library is the algorithm alone.
 */
export function referenceMurmur3(bytes: Uint8Array, seed = 0): number {
  let hash = BigInt(seed);
  const wholeBlocks = bytes.length - (bytes.length % 4);
  for (let start = 0; start < wholeBlocks; start += 4) {
    hash ^= mixed(word(bytes.subarray(start, start + 4)));
    hash = cut(rotated(hash, 13n) * 5n + 0xe6546b64n);
  }
  hash ^= mixed(word(bytes.subarray(wholeBlocks)));
  hash ^= BigInt(bytes.length);
  hash = cut((hash ^ (hash >> 16n)) * 0x85ebca6bn);
  hash = cut((hash ^ (hash >> 13n)) * 0xc2b2ae35n);
  return Number(hash ^ (hash >> 16n));
}

/** Up to four bytes, the first of them lowest. */
function word(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function mixed(block: bigint): bigint {
  return cut(rotated(cut(block * 0xcc9e2d51n), 15n) * 0x1b873593n);
}

function rotated(value: bigint, by: bigint): bigint {
  return cut((value << by) | (value >> (32n - by)));
}

function cut(value: bigint): bigint {
  return value & 0xffffffffn;
}
