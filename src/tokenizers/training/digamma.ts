// The derivative of the logarithm of the gamma function, for x > 0.

/**
 * By ψ(x) = ψ(x + 1) − 1/x up to 7, and from there by the asymptotic series about x − 1/2 (as in SentencePiece), which
 * is right to ten digits.
 */
export function digamma(x: number): number {
  let below = 0;
  let at = x;
  for (; at < 7; at++) {
    below += 1 / at;
  }
  const middle = at - 0.5;
  const square = 1 / (middle * middle);
  const series = square * (1 / 24 + square * (-7 / 960 + square * (31 / 8064 + square * (-127 / 30720))));
  return Math.log(middle) + series - below;
}
