import { randn, type Tensor, tensor, zeros } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

interface Layer {
  readonly weight: Tensor;
  readonly bias: Tensor;
}
type Inputs = [x: Tensor, hidden: Layer, out: Layer];

const example = (): Inputs => [
  tensor([[1, 0]]),
  {
    weight: tensor([
      [1, -1],
      [-1, 1],
    ]),
    bias: zeros([2]),
  },
  { weight: tensor([[1], [1]]), bias: tensor([-0.5]) },
];

export const check = defineCheck<Inputs>({
  parameters: ['x', 'hidden', 'out'],
  draw: (random, size) => {
    const [B, D, H, C] = [size, size + 1, 2 * size + 3, size + 2];
    return [
      randn([B, D], random),
      { weight: randn([D, H], random), bias: randn([H], random) },
      { weight: randn([H, C], random), bias: randn([C], random) },
    ];
  },
  planted: [
    { inputs: example, why: 'the worked example' },
    {
      inputs: () => [
        tensor([[0, 0]]),
        { weight: tensor([[1], [1]]), bias: tensor([-1]) },
        { weight: tensor([[2]]), bias: tensor([0]) },
      ],
      why: 'the hidden bias alone, and it is below 0',
    },
  ],
  parts: [
    {
      id: 'one-point',
      title: 'One point, two neurons',
      cases: [{ inputs: example, why: 'the worked example' }],
    },
  ],
  invariants: [
    {
      holds: (result, [x, , out]) => (result as Tensor).shape.join() === [x.shape[0], out.bias.shape[0]].join(),
      otherwise: 'There should be a row for each point, with a score for each class: (B, C).',
    },
  ],
  mutants: {
    'no-bend':
      'Nothing is bent between the two layers, and so they are worth one: all your boundaries are straight. Put ReLU on the hidden sums.',
    'scores-bent':
      'Your scores are bent as well, and none is ever below 0. Only the hidden layer has a bend; a score may be any number.',
    'bend-at-the-end': 'The bend stands after the last layer. It belongs between the two, on the hidden sums.',
    'bias-after-bend':
      'You add the hidden bias after the bend. It belongs to the sum, for it says from where on a neuron lets anything through.',
    'no-hidden-bias':
      'The bias of the hidden layer is missing: every fold goes through the place where all inputs are 0.',
    'no-biases': 'Both biases are missing. Each layer adds its own, after its weighted sums.',
    tanh: 'The hidden sums go through tanh. That is a bend too, but here it is ReLU: below 0 becomes 0.',
    'inputs-bent':
      'You bend the inputs. The bend belongs to the hidden sums; without it there the two layers are worth one.',
    'no-last-bias': 'The bias of the last layer is missing.',
    shares:
      'These are shares already. The function returns scores; softmax comes after it, and in training cross entropy has it inside.',
    sigmoid: 'The hidden sums go through a sigmoid. That is a bend too, but here it is ReLU: below 0 becomes 0.',
  },
});
