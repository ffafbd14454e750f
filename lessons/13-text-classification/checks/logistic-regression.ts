import { defineCheck } from 'inside-llms/check';

interface Model {
  readonly weights: readonly number[];
  readonly bias: number;
}

type Inputs = [model: Model, features: readonly (readonly number[])[], labels: readonly number[], learningRate: number];

const EXAMPLE = (): Inputs => [{ weights: [0], bias: 0 }, [[2], [1]], [1, 0], 1];

export const check = defineCheck<Inputs>({
  parameters: ['model', 'features', 'labels', 'learningRate'],
  draw: (random, size) => {
    const [rows, columns] = [size + 2, size + 1];
    const number = () => Math.round((random() * 4 - 2) * 10) / 10;
    return [
      { weights: Array.from({ length: columns }, number), bias: number() },
      Array.from({ length: rows }, () => Array.from({ length: columns }, number)),
      Array.from({ length: rows }, () => (random() < 0.5 ? 1 : 0)),
      0.1 + Math.round(random() * 9) / 10,
    ];
  },
  planted: [
    { inputs: () => [{ weights: [0.5], bias: 1 }, [[0], [0], [0]], [1, 0, 0], 0.5], why: 'only the bias can learn' },
    { inputs: () => [{ weights: [1, -1], bias: 0.5 }, [[2, 1]], [1], 1], why: 'one row of two features' },
  ],
  parts: [{ id: 'example', title: 'The worked example', cases: [{ inputs: EXAMPLE, why: 'as in the docstring' }] }],
  mutants: {
    'no-sigmoid':
      'Your error is the score minus the label. The score can be any number; send it through the sigmoid first, so that a chance is compared with the label.',
    uphill:
      'Your step goes along the slope, so the loss grows. The error is the chance minus the label, not the other way round, and the step is subtracted.',
    'no-bias':
      'The weights learn and the bias stays where it was. Its slope is the mean error: it is the weight of a feature that is always 1.',
    summed:
      'You add up the slopes of all rows and don’t divide by how many there are. With twice the mails your step would be twice as long.',
    'by-features':
      'You divide by the number of weights. The mean is over the rows: divide by how many of them there are.',
    'hard-verdict':
      'Your error is the verdict, 0 or 1, minus the label: the perceptron’s rule. Here it is the chance minus the label, so a right verdict that was close still teaches a little.',
    'squared-loss':
      'You multiply the error by the sigmoid’s own slope, as for a squared error. With the cross entropy that factor cancels: the error is the chance minus the label.',
    mirrored:
      'Your chance falls when the score grows. The sigmoid is 1 / (1 + exp(-score)), with a minus before the score.',
    'bias-unused':
      'Your scores leave the bias out. A row’s score starts at the bias and adds each feature times its weight.',
  },
});
