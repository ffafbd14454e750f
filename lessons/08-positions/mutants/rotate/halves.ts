import { waveFrequency } from 'mine/sinusoidal';

export function rotate(vector: readonly number[], place: number): number[] {
  const turned: number[] = []; // (D)
  for (let pair = 0; pair < vector.length / 2; pair++) {
    const angle = place * waveFrequency(pair, vector.length);
    const half = vector.length / 2;
    const [x, y] = [vector[pair], vector[pair + half]];
    turned[pair] = x * Math.cos(angle) - y * Math.sin(angle);
    turned[pair + half] = x * Math.sin(angle) + y * Math.cos(angle);
  }
  return turned;
}
