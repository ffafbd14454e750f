import type { Random } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

type Inputs = [a: number[], b: number[]];

/** Whole numbers, and at least one of them isn't 0. */
function drawVector(random: Random, channels: number): number[] {
  const drawn = Array.from({ length: channels }, () => Math.floor(random() * 19) - 9);
  return drawn.some((value) => value !== 0) ? drawn : drawn.with(0, 1 + Math.floor(random() * 9));
}

export const check = defineCheck<Inputs>({
  parameters: ['a', 'b'],
  draw: (random, size) => {
    const channels = 1 + Math.floor(random() * 2 * size);
    return [drawVector(random, channels), drawVector(random, channels)];
  },
  planted: [
    {
      inputs: () => [
        [3, 4],
        [4, 3],
      ],
      why: 'the worked example',
    },
    {
      inputs: () => [
        [3, 4],
        [-6, -8],
      ],
      why: 'opposite ways',
    },
    {
      inputs: () => [
        [8, 4],
        [2, 1],
      ],
      why: 'the same way, unlike lengths',
    },
    {
      inputs: () => [
        [2, 1],
        [-1, 2],
      ],
      why: 'a right angle',
    },
    {
      inputs: () => [
        [0.003, 0.004],
        [3000, 4000],
      ],
      why: 'very unlike lengths',
    },
    {
      inputs: () => [
        [0.003, 0.004],
        [0.004, 0.003],
      ],
      why: 'two short arrows',
    },
  ],
  parts: [
    {
      id: 'length-1',
      title: 'Measures arrows of length 1',
      cases: [
        {
          inputs: () => [
            [1, 0],
            [0.6, 0.8],
          ],
          why: 'the dot product is all there is to it',
        },
        {
          inputs: () => [
            [0, 1],
            [1, 0],
          ],
          why: 'a right angle',
        },
      ],
    },
  ],
  invariants: [
    {
      holds: (result) => Math.abs(result as number) <= 1 + 1e-6,
      otherwise: 'A cosine lies from -1 to 1, whatever the lengths. Stretching an arrow should not move it.',
    },
  ],
  mutants: {
    'dot-product': 'This is the dot product. It grows when an arrow is stretched: divide both lengths out.',
    'one-length':
      'You divide by the length of one arrow. Stretch the other one, and your result still grows: both lengths must go.',
    'no-root': 'You divide by the squares of the lengths. A length is the root of an arrow’s dot product with itself.',
    'sum-of-lengths':
      'You divide by the sum of the two lengths. A factor in each arrow has to cancel, so divide by their product.',
    'sum-of-numbers':
      'You measure a length by adding the numbers up, as a taxi does it. An arrow is the long side of a triangle: square, add, and take the root.',
    'no-sign': 'You lose the sign. Arrows that point opposite ways have the cosine -1, and not 1.',
    'root-too-many': 'You take the root once too often: the lengths are roots already. Divide by one times the other.',
    angle:
      'This is the angle between them, in radians. Asked for is its cosine: what you had before you turned it back into an angle.',
    'one-minus':
      'This is 1 minus the cosine: 0 for the same way. That makes a distance of it; asked for is the likeness, and 1 is the most.',
    distance: 'You measure from tip to tip. Two arrows of unlike lengths can point the same way and be far apart.',
    'per-channel':
      'You divide by the number of channels as well. A cosine is no mean: for an arrow with itself it should be 1.',
    'no-brackets':
      'You divide by one length and multiply by the other: `x / y * z` is worked out from left to right. Put the product of the lengths in brackets.',
  },
});
