export function waveFrequency(pair: number, channels: number): number {
  return 1 / 10_000 ** ((2 * pair) / channels);
}

export function sinusoidal(length: number, channels: number): number[][] {
  return Array.from({ length }, (_, place) => {
    const row: number[] = []; // (C)
    for (let pair = 0; pair < channels / 2; pair++) {
      const angle = place / waveFrequency(pair, channels);
      row.push(Math.sin(angle), Math.cos(angle));
    }
    return row;
  });
}
