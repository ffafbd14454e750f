// Rotary positions (Su et al. 2021): each pair of channels is turned by an angle that grows with the position.

import type { View } from '../kernels.ts';
import { numbersOf, rowsOf } from '../views.ts';

export function rope(x: View, cos: View, sin: View, pairing: 'adjacent' | 'halves', inverse: boolean, out: View): void {
  const { rows, columns } = rowsOf(x.shape); // a row is one position of one head
  const positions = cos.shape[0];
  const pairs = columns / 2;
  const cosines = numbersOf(cos);
  const sines = numbersOf(sin);
  const from = numbersOf(x);
  const to = numbersOf(out);
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < pairs; j++) {
      const first = r * columns + (pairing === 'adjacent' ? 2 * j : j);
      const second = pairing === 'adjacent' ? first + 1 : first + pairs;
      const angle = (r % positions) * pairs + j;
      const c = cosines[angle];
      const s = inverse ? -sines[angle] : sines[angle];
      const [a, b] = [from[first], from[second]];
      to[first] = a * c - b * s;
      to[second] = a * s + b * c;
    }
  }
}
