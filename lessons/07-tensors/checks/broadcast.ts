import { defineCheck } from 'inside-llms/check';

export const check = defineCheck<[first: number[], second: number[]]>({
  parameters: ['first', 'second'],
  draw: (random, size) => {
    const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
    const axes = whole(1, Math.min(4, 1 + size));
    const full = Array.from({ length: axes }, (_, axis) => 2 + axis + whole(0, size));
    // Each of the two has lost some of its axes in front, and has 1s among the rest.
    const lent = () => full.slice(whole(0, axes - 1)).map((length) => (random() < 0.35 ? 1 : length));
    const [first, second] = [lent(), lent()];
    // Now and then a size that doesn't fit.
    return random() < 0.25 ? [first, second.with(-1, second[second.length - 1] + 1)] : [first, second];
  },
  planted: [
    {
      inputs: () => [
        [3, 1],
        [1, 4],
      ],
      why: 'both sides are repeated',
    },
    {
      inputs: () => [
        [2, 4],
        [4, 4],
      ],
      why: '2 divides 4, and is not 1',
    },
    { inputs: () => [[3], [3, 4]], why: 'from the left they would fit' },
    { inputs: () => [[0], [1]], why: 'a 1 beside a 0 is read no time at all' },
    {
      inputs: () => [
        [1, 3],
        [0, 1],
      ],
      why: 'a 0 beside a 1, the other way',
    },
    { inputs: () => [[], [2, 3]], why: 'a single number fits anything' },
    { inputs: () => [[2, 3, 4], [4]], why: 'a row for each of the rows' },
  ],
  parts: [
    {
      id: 'same-axes',
      title: 'Meets a shape with as many axes',
      cases: [
        {
          inputs: () => [
            [2, 3],
            [2, 3],
          ],
          why: 'equal',
        },
        {
          inputs: () => [
            [2, 3],
            [2, 1],
          ],
          why: 'a 1 in the second',
        },
        {
          inputs: () => [
            [1, 3],
            [2, 3],
          ],
          why: 'a 1 in the first',
        },
      ],
    },
  ],
  mutants: {
    'from-the-left':
      'You line the shapes up at the left. They meet at the right: in [3] and [3, 4] the 3 stands below the 4, and that is refused.',
    divisible:
      'You let a size be repeated whenever it divides the other. Only a 1 is repeated: with 2 beside 4 nobody could say whether the rows go 0, 1, 0, 1 or 0, 0, 1, 1.',
    'only-second-grows':
      'You repeat the 1s of the second shape alone. Both sides may lend ghosts, even at once: [3, 1] and [1, 4] meet in [3, 4].',
    'only-first-grows':
      'You repeat the 1s of the first shape alone. Both sides may lend ghosts, even at once: [3, 1] and [1, 4] meet in [3, 4].',
    'larger-size':
      'Where a 0 meets a 1, your result has a 1. There is nothing to read, not even once, so it should be 0; and mind that `0 || 1` is 1 as well.',
    'never-refuses':
      'You take sizes that differ, though neither is 1. Say that they don’t fit, and throw an error: a wrong shape that goes unnoticed costs hours.',
    'same-axes-only':
      'You refuse shapes with different numbers of axes. The shorter one is filled up with 1s in front.',
  },
});
