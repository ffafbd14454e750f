import { randn, type Tensor, tensor } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

type Inputs = [
  text: readonly number[],
  words: Tensor,
  hidden: Tensor,
  hiddenBias: Tensor,
  scores: Tensor,
  scoresBias: Tensor,
];

const layers = () =>
  [tensor([[1], [2], [3]]), tensor([[0.5], [-1]]), tensor([0.5]), tensor([[1, 0, -1]]), tensor([0, 1, 0])] as const;

export const check = defineCheck<Inputs>({
  parameters: ['text', 'words', 'hidden', 'hiddenBias', 'scores', 'scoresBias'],
  draw: (random, size) => {
    const [n, C, H, V] = [size + 1, size + 2, size + 4, size + 6];
    const text = Array.from({ length: n + 1 + Math.floor(random() * 3) }, () => Math.floor(random() * V));
    return [
      text,
      randn([V, C], random),
      randn([n * C, H], random, 0.4),
      randn([H], random),
      randn([H, V], random),
      randn([V], random),
    ];
  },
  planted: [
    { inputs: () => [[0, 1, 2], ...layers()], why: 'the worked example: a text longer than the window' },
    { inputs: () => [[2, 1], ...layers()], why: 'a text as long as the window' },
    { inputs: () => [[1, 1, 1, 1], ...layers()], why: 'one word again and again' },
  ],
  invariants: [
    {
      holds: (result, inputs) => (result as Tensor).shape.join() === inputs[5].shape.join(),
      otherwise: 'There should be one score for each word of the vocabulary: the shape is (V,).',
    },
  ],
  parts: [
    {
      id: 'whole-window',
      title: 'A text as long as the window',
      cases: [{ inputs: () => [[1, 2], ...layers()], why: 'nothing has to be cut off' }],
    },
  ],
  mutants: {
    'first-words': 'You look at the first words of the text. What comes next hangs on the last ones: cut from the end.',
    reversed:
      'You join the words from the last to the first. Each place in the window has weights of its own, and yours meet the wrong word. The oldest comes first.',
    'no-bend':
      'There is no tanh between the two layers. Two layers without a bend are one layer: the model could only add up what each place says by itself.',
    'by-channels':
      'You join channel by channel: first number 1 of all words, then number 2. Each word’s numbers should stay together.',
    shares:
      'Your result is a row of shares that sum to 1. Scores are asked for; softmax comes later, inside the loss, where it can be done without losing digits.',
    'no-bias': 'The hidden layer’s bias is missing. Add it before the tanh.',
    'no-scores-bias':
      'The second layer’s bias is missing. It says how common each word is, whatever stands before it: add it at the end.',
    'bent-scores':
      'You bend the scores as well, so none can pass 1 and no word can become really likely. Only the hidden layer has a tanh.',
  },
});
