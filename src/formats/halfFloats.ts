// 16-bit floating-point numbers widened to 32 bits; both fit exactly. Narrowing is not handled.

/**
 * IEEE 754's binary16: 1 bit sign, 5 bits exponent, 10 bits fraction.
 *
 * Example: 0x3c00 is 1, 0x7bff is 65504, the largest.
 */
export function fromF16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(halves, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) {
      return sign * fraction * 2 ** -24; // subnormal: no leading 1
    }
    if (exponent === 0x1f) {
      return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    }
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** Google's bfloat16: the upper half of a 32-bit number's bits. */
export function fromBF16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
}
