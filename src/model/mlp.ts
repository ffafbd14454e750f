// A network with one hidden layer that tells classes apart: weighted sums, a bend, weighted sums again (Rumelhart, Hinton
// and Williams 1986). The feed-forward part of a transformer is layers/mlp.ts. Not handled: more hidden layers than one.

import type { Engine } from '../engine/engine.ts';
import { crossEntropy } from '../engine/ops/crossEntropy.ts';
import { relu } from '../engine/ops/relu.ts';
import { tanh } from '../engine/ops/tanh.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { Random } from '../shared/environment.ts';
import { byInputs, glorot, he } from './initialise.ts';
import type { Mode } from './layers/dropout.ts';
import { Linear } from './layers/linear.ts';
import { Parameters } from './parameters.ts';

/** `none` leaves the sums as they are: then two layers can do no more than one. */
export type Activation = 'relu' | 'tanh' | 'none';

export interface MlpSizes {
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
}

/** Parameters `hidden` and `out`, each a weight and a bias. */
export class MlpClassifier {
  readonly engine: Engine;
  readonly parameters: Parameters;
  readonly mode: Pick<Mode, 'training'> = { training: false };
  private readonly hidden: Linear;
  private readonly out: Linear;
  private readonly activation: Activation;

  constructor(engine: Engine, { inputs, hidden, classes }: MlpSizes, activation: Activation, random: Random) {
    this.engine = engine;
    this.activation = activation;
    this.parameters = new Parameters(engine, random);
    const initialise = { relu: he(inputs), tanh: glorot(inputs, hidden), none: byInputs(inputs) }[activation];
    const { parameters } = this;
    this.hidden = new Linear(parameters.within('hidden'), inputs, hidden, {
      initialise,
      initialiseBias: byInputs(inputs),
    });
    this.out = new Linear(parameters.within('out'), hidden, classes);
  }

  /** What the hidden layer makes of inputs x (B, inputs): the same points, bent. */
  bent(x: Tensor): Tensor {
    const sums = this.hidden.forward(x); // (B, hidden)
    switch (this.activation) {
      case 'relu':
        return relu(sums); // (B, hidden)
      case 'tanh':
        return tanh(sums); // (B, hidden)
      case 'none':
        return sums; // (B, hidden)
    }
  }

  /** One score for each class, from inputs x (B, inputs). */
  logits(x: Tensor): Tensor {
    const h = this.bent(x); // (B, hidden)
    return this.out.forward(h); // (B, classes)
  }

  /** Cross entropy in nats, averaged over the batch; targets (B,) are the right classes. */
  loss(x: Tensor, targets: Tensor): Tensor {
    return crossEntropy(this.logits(x), targets); // ()
  }
}
