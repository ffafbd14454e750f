import { defineCheck } from 'inside-llms/check';

interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export const check = defineCheck<[view: View, axis: number, start: number, end: number]>({
  parameters: ['view', 'axis', 'start', 'end'],
  draw: (random, size) => {
    const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
    const axes = whole(1, Math.min(3, 1 + size));
    const shape = Array.from({ length: axes }, (_, axis) => 2 + axis + whole(0, size));
    const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, n) => product * n, 1));
    const axis = whole(0, axes - 1);
    const start = whole(0, shape[axis] - 1);
    return [{ shape, strides, offset: whole(0, 1) * whole(1, 9) }, axis, start, whole(start + 1, shape[axis])];
  },
  planted: [
    { inputs: () => [{ shape: [2, 4], strides: [4, 1], offset: 4 }, 0, 1, 2], why: 'a slice of a slice' },
    { inputs: () => [{ shape: [3, 4], strides: [4, 1], offset: 0 }, 1, 3, 4], why: 'a column' },
    { inputs: () => [{ shape: [4, 3], strides: [1, 4], offset: 0 }, 0, 1, 3], why: 'of a transposed table' },
  ],
  mutants: {
    'no-offset':
      'The shape is right, but reading still begins at the first cell. It should begin where index `start` stands.',
    'offset-plus-start':
      'You move the beginning on by one place for each index left out. Each of them is a whole stride: a row of 4 is 4 places.',
    'offset-anew':
      'You count the offset from the front of the list. The view that is sliced may itself begin further on: add to its offset.',
    'end-included': 'Your slice is one too long: the index `end` is not part of it any more.',
    'end-is-size': 'You take `end` for the new size. The size is how many are left: from `start` up to `end`.',
    'new-strides':
      'You compute the strides for a new list of the smaller shape. No number was moved, so one step is as long as it was.',
    'first-stride':
      'You use the stride of the first axis, whichever axis is sliced. One index along an axis is as far as that axis’ own stride.',
  },
});
