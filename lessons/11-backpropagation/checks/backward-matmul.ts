import { randn, type Tensor, tensor } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

type Inputs = [dy: Tensor, x: Tensor, w: Tensor];

const example = (): Inputs => [
  tensor([[1, 0, 2]]),
  tensor([[1, 2]]),
  tensor([
    [3, 0, 1],
    [4, 1, 0],
  ]),
];
const square = (): Inputs => [
  tensor([
    [1, 2],
    [3, 5],
  ]),
  tensor([
    [2, -1],
    [0, 4],
  ]),
  tensor([
    [1, 3],
    [-2, 2],
  ]),
];

export const check = defineCheck<Inputs>({
  parameters: ['dy', 'x', 'w'],
  draw: (random, size) => {
    const [B, C, D] = [size, size + 1, 2 * size + 2];
    return [randn([B, D], random), randn([B, C], random), randn([C, D], random)];
  },
  planted: [
    { inputs: example, why: 'the worked example' },
    { inputs: square, why: 'square: every order of the factors fits, and few are right' },
  ],
  run: (answer, [dy, x, w]) => {
    const [dx, dw] = (answer.matmulBackward as (dy: Tensor, x: Tensor, w: Tensor) => [Tensor, Tensor])(dy, x, w);
    return { dx, dw };
  },
  parts: [
    {
      id: 'one-row',
      title: 'One row of x',
      cases: [{ inputs: example, why: 'the worked example' }],
    },
  ],
  mutants: {
    'no-transposes':
      'Neither w nor x is transposed on the way back. Forward went from C to D along w; backward has to go from D to C, so w is read the other way.',
    'turned-weights':
      'Your dw is right, and lies on its side: it has the shape (D, C), where w has (C, D). Let x come first, transposed: (C, B) times (B, D).',
    'turned-inputs':
      'Your dx is right, and lies on its side: it has the shape (C, B), where x has (B, C). Let dy come first: (B, D) times (D, C).',
    reshaped:
      'You reshape w and x, which keeps their numbers in line and only starts the rows elsewhere. On the way back rows have to become columns: that is transpose.',
    'swapped-results': 'You return [dw, dx]. Both are right, and x comes first: [dx, dw].',
    'result-for-gradient':
      'You put y into the product for dw, where dy belongs. The gradient of w says how the loss changes, and only dy knows about the loss.',
    'averaged-over-batch':
      'Your dw is divided by B. Each row of x is a use of the same w, and what comes back along several uses adds up; the product has done that already.',
  },
});
