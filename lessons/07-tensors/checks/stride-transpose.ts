import { defineCheck } from 'inside-llms/check';

interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export const check = defineCheck<[view: View, one: number, other: number]>({
  parameters: ['view', 'one', 'other'],
  draw: (random, size) => {
    const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
    const axes = whole(2, Math.min(4, 1 + size));
    const shape = Array.from({ length: axes }, (_, axis) => 2 + axis + whole(0, size));
    const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, n) => product * n, 1));
    const one = whole(0, axes - 1);
    const other = (one + whole(1, axes - 1)) % axes;
    return [{ shape, strides, offset: whole(0, size) }, one, other];
  },
  planted: [
    { inputs: () => [{ shape: [2, 3, 5], strides: [15, 5, 1], offset: 0 }, 1, 2], why: 'one axis of three stays' },
    { inputs: () => [{ shape: [4, 3], strides: [1, 4], offset: 0 }, 0, 1], why: 'transposed before: it goes back' },
    { inputs: () => [{ shape: [3, 4], strides: [0, 1], offset: 2 }, 1, 0], why: 'a stride of 0 is exchanged as well' },
  ],
  mutants: {
    'shape-only':
      'You exchange the sizes and leave the strides. Then one step down still leads to the next row of the old table: the strides must change places too.',
    'strides-only': 'You exchange the strides and leave the sizes. An axis takes both along: its size and its stride.',
    'new-strides':
      'These are the strides of a new list in that shape. But no number was moved, so the old strides change places. What you built is a reshape, the mistake of the friend in the Overview.',
    'all-axes':
      'You turn the order of all axes round. With two axes that is the same; with three, one of them has to stay where it is.',
    'no-offset': 'You lose the offset. The first cell stands where it stood.',
    overwritten:
      'Both axes end up with the same numbers: you overwrite one before the other was read. Keep what stood there.',
    'first-two':
      'You exchange axes 0 and 1, whichever were asked for. With three axes it may be others: use `one` and `other`.',
  },
});
