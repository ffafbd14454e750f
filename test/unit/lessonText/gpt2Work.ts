// The arithmetic of one reading of 1,024 tokens by GPT-2 small, part by part, from its published sizes (Radford et al.
// 2019) and its layers: layer norm, attention, layer norm, two layers of a network with GELU; no training, no dropout.

export interface Work {
  /** As lesson 07's table has it. */
  readonly part: string;
  readonly what: string;
  /** Operations; a multiply-add of a product counts as one. */
  readonly count: number;
  readonly product: boolean;
}

/**
 * What isn't a product is counted generously. A norm: mean (1 a number), variance (3), normalising (2), gain and shift
 * (2). GELU by its cubic formula: 9 and a tanh. Softmax: largest, minus, exp, sum, divide; in attention the scaling and
 * the mask beside it.
 */
export function gpt2Work(): Work[] {
  const [T, C, V, layers, heads] = [1024, 768, 50_257, 12, 12];
  const products = (part: string, what: string, count: number): Work => ({ part, what, count, product: true });
  const others = (part: string, what: string, count: number): Work => ({ part, what, count, product: false });
  // A layer's weights: queries, keys and values (3 C²), their way out (C²), the network up and down (4 C² twice).
  const weights = 3 + 1 + 4 + 4;
  // A layer's biases: 3 C, C, 4 C and C; its sums into the stream: two. The positions are added once.
  const biases = layers * (3 + 1 + 4 + 1) * T * C;
  const sums = layers * 2 * T * C + T * C;
  return [
    products(
      'weights inside the layers',
      `products, ${weights} C² multiply-adds a token and layer`,
      layers * weights * T * C * C,
    ),
    products('scores and mixing in attention', 'products, 2 T C a token and layer', layers * 2 * T * T * C),
    products('scores for the next token', 'one product, V C a token', T * C * V),
    others('softmax, scaling and mask in attention', '7 operations a score', 7 * layers * heads * T * T),
    others('activations (GELU)', '10 operations a number', 10 * layers * T * 4 * C),
    others('softmax over the vocabulary', '5 operations a number', 5 * T * V),
    others('layer norms', '8 operations a number', 8 * (2 * layers + 1) * T * C),
    others('biases and other sums', '1 operation a number', biases + sums),
  ];
}
