// The error function, which the exact GELU needs and JavaScript lacks.

/**
 * erf(x) = 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, to about 15 digits, by the series
 * 2 / sqrt(pi) e^(-x^2) (x + 2 x^3 / 3 + 4 x^5 / 15 + ...), whose terms all have one sign (Abramowitz and Stegun 7.1.6).
 *
 * Example: `erf(1)` is 0.8427007929497149.
 */
export function erf(x: number): number {
  if (Math.abs(x) > 6) {
    return Math.sign(x); // nearer to 1 than 64 bits can tell
  }
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
