import { defineCheck } from 'inside-llms/check';

const near = (a: number, b: number) => Math.abs(a - b) < 1e-6 * (1 + Math.abs(b));

export const check = defineCheck<[vector: number[], place: number]>({
  parameters: ['vector', 'place'],
  draw: (random, size) => [
    Array.from({ length: 2 * (1 + Math.floor(random() * size)) }, () => Math.floor(random() * 19) - 9),
    Math.floor(random() * 4 * size),
  ],
  planted: [
    { inputs: () => [[1, 0], 1], why: 'the worked example' },
    { inputs: () => [[3, 2, -1, 4], 0], why: 'at place 0 nothing is turned' },
    { inputs: () => [[1, 2, 3, 4, 5, 6], 2], why: 'three pairs' },
    { inputs: () => [[0, 1, 1, 0], 5], why: 'both directions of an arrow' },
  ],
  parts: [
    {
      id: 'one-arrow',
      title: 'Turns one arrow',
      cases: [
        { inputs: () => [[1, 0], 1], why: 'an arrow to the right' },
        { inputs: () => [[0, 2], 3], why: 'an arrow upwards' },
      ],
    },
  ],
  tolerance: { absolute: 1e-9, relative: 1e-7 },
  invariants: [
    {
      holds: (result, [vector]) => near(Math.hypot(...(result as number[])), Math.hypot(...vector)),
      otherwise: 'Turning an arrow makes it neither longer nor shorter. Yours changed its length.',
    },
    {
      holds: (result, [vector, place]) =>
        place !== 0 || vector.every((value, d) => near((result as number[])[d], value)),
      otherwise: 'At place 0 the angle is 0, so nothing should be turned.',
    },
  ],
  mutants: {
    'to-the-right':
      'You turn to the right. Distances come out as well that way, but it is the other convention: weights that were trained with turns to the left expect those.',
    halves:
      'You pair each channel with the one half a vector further on. That is the other convention, and Hugging Face’s Llama expects it; here neighbours make a pair.',
    'used-too-soon':
      'You turn x first and then use the turned x for y. Both halves of the formula need the arrow as it was.',
    'no-place':
      'Every vector is turned by the same angles, wherever it stands. The angle is the place times the frequency.',
    'one-speed':
      'All your pairs turn at one speed. Each pair has its own frequency, or a word some places away looks like one at distance 0.',
    'pair-by-channel':
      'Your pairs get slow too soon. Ask `waveFrequency` for pair j, and not for channel 2 j; and of D channels, not of half of them.',
    'place-from-1': 'You count the places from 1. The first place is 0, and there nothing is turned.',
    added:
      'You add a sine and a cosine to the vector. That is how waves are put in; a rotary position turns the vector and adds nothing.',
  },
});
