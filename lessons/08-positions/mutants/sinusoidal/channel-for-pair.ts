export function waveFrequency(pair: number, channels: number): number {
  return 1 / 10_000 ** ((2 * pair) / channels);
}

export function sinusoidal(length: number, channels: number): number[][] {
  return Array.from({ length }, (_, place) => {
    const row: number[] = []; // (C)
    for (let pair = 0; pair < channels / 2; pair++) {
      row.push(Math.sin(place * waveFrequency(pair, channels)), Math.cos(place * waveFrequency(pair + 0.5, channels)));
    }
    return row;
  });
}
