// Which elements dropout keeps: a hash of the seed and the place, so that every backend and thread agrees to the bit.

/**
 * Whether element `index` survives, for a share `keep` in (0, 1]. Two rounds of MurmurHash3's 32-bit finaliser (Austin
 * Appleby, public domain), over the place and then the seed.
 *
 * Example: of 1,000,000 places with keep 0.9, about 900,000 are kept, the same ones at each call.
 */
export function dropoutKeeps(seed: number, index: number, keep: number): boolean {
  return mix(mix(index) ^ seed) / 4294967296 < keep;
}

/** Spreads 32 bits: a change of any input bit changes each output bit half of the time. */
export function mix(bits: number): number {
  let h = (bits + 0x9e3779b9) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
