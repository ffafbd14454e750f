import { defineCheck } from 'inside-llms/check';

interface Waves {
  frequencies: number[];
  table: number[][];
}

export const check = defineCheck<[length: number, channels: number]>({
  parameters: ['length', 'channels'],
  draw: (random, size) => [1 + Math.floor(random() * (1 + size)), 2 * (1 + Math.floor(random() * size))],
  planted: [
    { inputs: () => [3, 4], why: 'the worked example' },
    { inputs: () => [2, 16], why: 'eight hands' },
    { inputs: () => [0, 4], why: 'no place' },
  ],
  /** With the frequencies, for later pieces are built on them. */
  run: (answer, [length, channels]) => {
    const { sinusoidal, waveFrequency } = answer as Record<string, (...all: number[]) => unknown>;
    const table = sinusoidal(length, channels) as number[][];
    const frequencies = Array.from({ length: channels / 2 }, (_, pair) => waveFrequency(pair, channels));
    return { frequencies, table };
  },
  parts: [
    {
      id: 'one-hand',
      title: 'Turns one hand',
      cases: [
        { inputs: () => [1, 2], why: 'all hands lie to the right at place 0' },
        { inputs: () => [4, 2], why: 'the fastest hand, at four places' },
      ],
    },
  ],
  tolerance: { absolute: 1e-9, relative: 1e-7 },
  invariants: [
    {
      holds: (result) => (result as Waves).table.every((row) => row.every((cell) => Math.abs(cell) <= 1)),
      otherwise: 'Each cell is a sine or a cosine, so it lies from -1 to 1, however far the place is.',
    },
    {
      holds: (result) =>
        (result as Waves).table.every((row) =>
          row.every((sine, c) => c % 2 === 1 || Math.abs(sine ** 2 + row[c + 1] ** 2 - 1) < 1e-6),
        ),
      otherwise:
        'A hand has the length 1, so the squares of a sine and its cosine add up to 1. Channels 2 j and 2 j + 1 are the sine and the cosine of one and the same angle.',
    },
  ],
  mutants: {
    halves:
      'You put all the sines first and the cosines behind them. That is the other convention, and models have been built with it; here each sine has its cosine beside it.',
    'on-its-side': 'Your table lies on its side: it has a row for each channel. There should be a row for each place.',
    'cosine-first': 'You put the cosine before the sine. In a pair, the sine is the first channel.',
    'from-1': 'You count the places from 1. The first place is 0, where every hand still lies to the right.',
    'half-the-exponent': 'The exponent of pair j is 2 j / C, and you use j / C. Your slow hands are too fast.',
    'channel-for-pair':
      'You give each channel a frequency of its own. A sine and its cosine are the two ends of one hand, so they share the frequency of their pair.',
    'one-speed':
      'All your hands turn at the same speed. One hand comes back to where it was: the slower ones tell its rounds apart.',
    faster: 'Your hands get faster from pair to pair. The frequency is 1 divided by the power of 10000.',
    degrees:
      'You treat the angle as degrees. `Math.sin` wants radians, and the frequency is in radians a place already.',
    'no-brackets':
      'You divide the power by C, and only 2 j is in the exponent. `**` comes before `/`: put 2 j / C in brackets.',
    'whole-turns': 'You multiply by 2π, as if the frequency counted whole turns. It is in radians a place already.',
    divided:
      'You divide the place by the frequency, so your hands get faster from pair to pair. The angle is the place times the frequency.',
  },
});
