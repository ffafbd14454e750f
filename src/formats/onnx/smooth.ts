// What goes into a product has a few channels that are far larger than the rest, which rounding to 8 bits with one step
// for all can't keep beside the small. Dividing those channels, and multiplying their weights instead, changes nothing
// but what is rounded. Xiao and others 2023, "SmoothQuant". There channels are measured on texts; here the size of each
// follows from the layer normalisation that it comes out of, so no texts are needed.

/** How much of a channel's size goes into its weights: 0 nothing, 1 all. */
const SHARE = 0.75;

/** How many standard deviations from its mean a channel is reckoned with. */
const DEVIATIONS = 4;

/**
 * A factor for each of C channels: weights are multiplied by it, and what they are multiplied with is divided by it.
 *
 * @param weights (out, C) of the products that take these channels
 * @param scale of the normalisation (C,)
 * @param shift of the normalisation (C,)
 */
export function smoothing(weights: Float32Array, scale: Float32Array, shift: Float32Array): Float32Array<ArrayBuffer> {
  const factors = new Float32Array(scale.length);
  for (let c = 0; c < factors.length; c++) {
    let weight = 0;
    for (let at = c; at < weights.length; at += factors.length) {
      weight = Math.max(weight, Math.abs(weights[at] as number));
    }
    const size = Math.abs(shift[c] as number) + DEVIATIONS * Math.abs(scale[c] as number);
    // A channel that is always 0, or that nothing looks at, stays as it is.
    factors[c] = size > 0 && weight > 0 ? size ** SHARE / weight ** (1 - SHARE) : 1;
  }
  return factors;
}
