import { waveFrequency } from 'mine/sinusoidal';

export function rotate(vector: readonly number[], place: number): number[] {
  const turned: number[] = []; // (D)
  for (let pair = 0; pair < vector.length / 2; pair++) {
    const angle = waveFrequency(pair, vector.length);
    const [x, y] = [vector[2 * pair], vector[2 * pair + 1]];
    turned.push(x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle));
  }
  return turned;
}
