import { randn, sum, type Tensor, tanh, tensor } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

type Inputs = [operation: string, dy: Tensor, a: Tensor, b: Tensor];
type Two = (dy: Tensor, a: Tensor, b: Tensor) => [Tensor, Tensor];

const bias = (): Inputs => [
  'add',
  tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]),
  tensor([
    [0, 1],
    [2, 3],
    [4, 5],
  ]),
  tensor([7, 8]),
];

/** Of the sign that `dy` has, and nowhere larger. */
function flatter(dx: Tensor, dy: Tensor): boolean {
  const came = dy.toFlat();
  return dx.toFlat().every((value, i) => {
    const above = came[i] as number;
    return Math.abs(value) <= Math.abs(above) + 1e-6 && value * above >= -1e-6;
  });
}

export const check = defineCheck<Inputs>({
  parameters: ['operation', 'dy', 'a', 'b'],
  draw: (random, size) => {
    const shape = [size + 1, 2 * size + 1]; // (B, C)
    const operation = ['add', 'mul', 'tanh'][Math.floor(random() * 3)] as string;
    const row = operation === 'add' && random() < 0.5;
    return [operation, randn(shape, random), randn(shape, random), randn(row ? shape.slice(1) : shape, random)];
  },
  planted: [
    { inputs: bias, why: 'a bias over a batch: one row, used three times' },
    { inputs: () => ['add', tensor([[1, 2]]), tensor([[0, 1]]), tensor([[2, 3]])], why: 'nothing was repeated' },
    { inputs: () => ['mul', tensor([[4]]), tensor([[2]]), tensor([[3]])], why: 'the worked example' },
    { inputs: () => ['tanh', tensor([[4]]), tensor([[9]]), tensor([[0]])], why: 'a flat place: nothing comes back' },
  ],
  run: (answer, [operation, dy, a, b]) => {
    if (operation === 'tanh') {
      return (answer.tanhBackward as (dy: Tensor, y: Tensor) => Tensor)(dy, tanh(a));
    }
    const [da, db] = (answer[operation === 'add' ? 'addBackward' : 'mulBackward'] as Two)(dy, a, b);
    return { da, db };
  },
  invariants: [
    {
      holds: (result, [operation, dy, , b]) =>
        operation !== 'add' ||
        Math.abs(sum((result as { db: Tensor }).db).item() - sum(dy).item()) < 1e-3 ||
        b.rank === 2,
      otherwise: 'Everything that comes back to a sum must arrive at b: its cells should add up to the cells of dy.',
    },
    {
      holds: (result, [operation, dy]) => operation !== 'tanh' || flatter(result as Tensor, dy),
      otherwise: 'The slope of tanh lies between 0 and 1. So dx has the sign of dy, and is nowhere larger.',
    },
  ],
  parts: [
    { id: 'add', title: 'Backward through add', cases: [{ inputs: bias, why: 'with a bias' }] },
    {
      id: 'mul',
      title: 'Backward through mul',
      cases: [{ inputs: () => ['mul', tensor([[4, 1]]), tensor([[2, 5]]), tensor([[3, -1]])], why: 'two cells' }],
    },
    {
      id: 'tanh',
      title: 'Backward through tanh',
      cases: [{ inputs: () => ['tanh', tensor([[4, 1]]), tensor([[0.5, -1]]), tensor([[0, 0]])], why: 'two cells' }],
    },
  ],
  mutants: {
    'not-summed-back':
      'A bias of shape (C,) gets back a gradient of shape (B, C). Forward read the bias once for each of the B rows, so what comes back must be added up over them.',
    'averaged-back':
      'You average what comes back to the bias over the B rows. Each row is a use of its own, and what comes back along several uses adds up.',
    'own-factor':
      'In a product you hand each factor its own value back. How much a × b grows with a is told by b, the other one.',
    'product-itself':
      'You hand back the product a × b itself. What comes back to a factor is dy, times the other factor: how much the loss changes with it.',
    'over-columns':
      'You add up along axis 1, over the columns. The bias has a number for each column and was used in each row: add up over the rows, axis 0.',
    'as-in-a-sum':
      'You hand dy on to both factors, as a sum does. When a grows by a bit, a × b grows by b times that bit: dy still has to be multiplied with the other factor.',
    'slope-alone':
      'In the product you return the slope of this step alone. It still has to be multiplied with dy, which says what a change of the result does to the loss.',
    'squash-slope-alone':
      'Back through tanh you return the slope alone, 1 - y². It still has to be multiplied with dy, which says what a change of y does to the loss.',
    'squashed-twice': 'You take tanh of y. But y is what tanh gave already: its square is all that the slope needs.',
    'slope-of-y': 'You multiply dy with y. The slope of tanh is 1 - y²: steepest where y is 0, and flat near 1 and -1.',
    'not-squared': 'You use 1 - y for the slope of tanh, and it is 1 - y². At y = -1 yours says 2, where tanh is flat.',
  },
});
