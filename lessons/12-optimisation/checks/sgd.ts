import { defineCheck } from 'inside-llms/check';

interface State {
  readonly weights: readonly number[];
  readonly speed: readonly number[];
}
type Inputs = [state: State, gradient: number[], rate: number, momentum: number];

const plain = (): Inputs => [{ weights: [2, 1], speed: [0, 0] }, [10, 2], 0.1, 0];

export const check = defineCheck<Inputs>({
  parameters: ['state', 'gradient', 'rate', 'momentum'],
  draw: (random, size) => {
    const numbers = () => Array.from({ length: size }, () => Math.round(random() * 40 - 20) / 4);
    const rate = [0.5, 0.1, 0.02][Math.floor(random() * 3)] as number;
    const momentum = [0, 0.5, 0.9][Math.floor(random() * 3)] as number;
    return [{ weights: numbers(), speed: numbers() }, numbers(), rate, momentum];
  },
  planted: [
    { inputs: () => [{ weights: [2, 1], speed: [0, 5] }, [10, 2], 0.1, 0.5], why: 'the worked example' },
    { inputs: plain, why: 'no momentum: plain descent' },
    { inputs: () => [{ weights: [1], speed: [4] }, [0], 0.5, 0.5], why: 'a flat place: the speed carries on' },
  ],
  parts: [{ id: 'plain', title: 'Without momentum', cases: [{ inputs: plain, why: 'plain descent' }] }],
  mutants: {
    uphill:
      'Your weights go up the slope. The gradient points to where the loss grows, so each weight moves against it: minus.',
    'speed-unused':
      'You work out the speed, and the weights then move by the gradient alone. Let them move by the new speed.',
    averaged:
      'You scale the gradient by 1 - momentum. That is another convention, a running average; here the whole gradient joins the speed, as in PyTorch.',
    'old-speed':
      'The weights move by the speed from before this step. Take up the gradient first, then move by the new speed.',
    'rate-in-speed':
      'You put the rate into the speed. That is the other convention: the weights are the same, and the speed you return is smaller. Here the rate comes in when the weights move.',
    plain:
      'Your step is plain gradient descent, which is right without momentum. Now let the speed take up the gradient, move by it, and return it.',
    nesterov:
      'You add the gradient a second time, after the speed has taken it up. That looks a step ahead, and is called Nesterov’s momentum. Here the new speed alone moves the weights.',
    'no-rate': 'Your weights move by the whole speed. The rate is the share of it that they move by.',
    'no-friction':
      'Your speed keeps all of what it was. Without a share that is lost the ball never comes to rest: multiply the old speed with momentum.',
  },
});
