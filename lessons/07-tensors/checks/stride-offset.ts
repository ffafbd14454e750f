import { defineCheck } from 'inside-llms/check';

export const check = defineCheck<[indices: number[], strides: number[], offset: number]>({
  parameters: ['indices', 'strides', 'offset'],
  draw: (random, size) => {
    const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
    const axes = whole(1, Math.min(4, 1 + size));
    return [
      Array.from({ length: axes }, () => whole(0, 1 + size)),
      Array.from({ length: axes }, () => whole(0, 3 * size)),
      whole(0, 2 * size),
    ];
  },
  planted: [
    { inputs: () => [[2, 1], [4, 1], 0], why: 'the lesson’s table' },
    { inputs: () => [[1, 2], [1, 4], 0], why: 'the same table transposed' },
    { inputs: () => [[2, 3], [0, 1], 5], why: 'ghost rows, and an offset' },
    { inputs: () => [[], [], 7], why: 'a single number has no axis' },
  ],
  mutants: {
    'no-offset': 'You begin at the front of the list. The first cell stands at the offset: begin there.',
    'no-strides':
      'You go one place for each step. A step along an axis is as long as its stride: in a table of shape (3, 4), one row down is 4 places.',
    reversed:
      'You pair the first index with the last stride. Index and stride of the same axis belong together: the first with the first.',
    'last-stride-1':
      'You take it that neighbours in a row stand side by side. That is so in a new tensor. In a transposed one the last stride is another number, so use it.',
    'plus-for-times':
      'You add index and stride. Two steps of 4 places lead 8 places further: an index times its stride.',
    product:
      'You multiply the steps of different axes with each other. Steps along one axis and steps along another add up.',
  },
});
