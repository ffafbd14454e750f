// BERT with two more linear layers that sort texts into classes: what Hugging Face calls BertForSequenceClassification.
// Parameters have its names, so its files fit. A batch holds texts of one length.

import type { Engine } from '../../engine/engine.ts';
import { add } from '../../engine/ops/add.ts';
import { crossEntropy } from '../../engine/ops/crossEntropy.ts';
import { matmul } from '../../engine/ops/matmul.ts';
import { reshape } from '../../engine/ops/reshape.ts';
import { slice } from '../../engine/ops/slice.ts';
import { tanh } from '../../engine/ops/tanh.ts';
import { transpose } from '../../engine/ops/transpose.ts';
import type { Tensor } from '../../engine/tensor.ts';
import type { SafetensorsFile } from '../../formats/safetensors.ts';
import type { Random } from '../../shared/environment.ts';
import { Bert, type BertConfig, type WeightSource } from '../encoder/bert.ts';
import { type Initialise, normal, ones, zeros } from '../initialise.ts';
import { Parameters } from '../parameters.ts';

export class TextClassifier {
  readonly engine: Engine;
  readonly bert: Bert;
  readonly parameters: Parameters;
  readonly mode: { training: boolean } = { training: false };
  private readonly poolWeight: Tensor;
  private readonly poolBias: Tensor;
  private readonly weight: Tensor;
  private readonly bias: Tensor;

  /** @param initialise the first values of a parameter of this name */
  private constructor(engine: Engine, config: BertConfig, random: Random, initialise: (name: string) => Initialise) {
    this.engine = engine;
    this.parameters = new Parameters(engine, random);
    const make: WeightSource = (name, shape) => this.parameters.make(name, shape, initialise(name));
    const { channels } = config;
    this.bert = new Bert(engine, config, (name, shape) => make(`bert.${name}`, shape));
    this.poolWeight = make('bert.pooler.dense.weight', [channels, channels]); // (C, C)
    this.poolBias = make('bert.pooler.dense.bias', [channels]); // (C,)
    this.weight = make('classifier.weight', [CLASSES, channels]); // (classes, C)
    this.bias = make('classifier.bias', [CLASSES]); // (classes,)
  }

  /** One that knows nothing yet. */
  static untrained(engine: Engine, config: BertConfig, random: Random): TextClassifier {
    return new TextClassifier(engine, config, random, (name) =>
      name.endsWith('bias') ? zeros : name.endsWith('LayerNorm.weight') ? ones : normal(DEVIATION),
    );
  }

  /** @throws Fault `not-found`, `bad-input` where the file is not that of such a model */
  static load(engine: Engine, config: BertConfig, file: SafetensorsFile): TextClassifier {
    const never: Random = () => 0;
    return new TextClassifier(engine, config, never, (name) => (on, shape) => {
      const weight = on.fromData(file.tensor(name).data, file.shapeOf(name) ?? shape, { dtype: 'f32' });
      return reshape(weight, shape);
    });
  }

  /** The first token's vector, [CLS]'s, of the last layer: states (B, T, C) make (B, C). */
  first(states: Tensor): Tensor {
    const [B, , C] = states.shape;
    return reshape(slice(states, 1, 0, 1), [B, C]); // (B, C)
  }

  /** That vector, mixed once more, each number between -1 and 1: (B, C) keeps its shape. */
  pool(first: Tensor): Tensor {
    return tanh(add(matmul(first, transpose(this.poolWeight)), this.poolBias)); // (B, C)
  }

  /** A score a class: pooled (B, C) makes (B, classes). */
  scores(pooled: Tensor): Tensor {
    return add(matmul(pooled, transpose(this.weight)), this.bias); // (B, classes)
  }

  /** ids (B, T), i32, make logits (B, classes). */
  forward(ids: Tensor): Tensor {
    return this.scores(this.pool(this.first(this.bert.forward(ids)))); // (B, classes)
  }

  /** targets (B,), i32. */
  loss(ids: Tensor, targets: Tensor): Tensor {
    return crossEntropy(this.forward(ids), targets); // ()
  }

  release(): void {
    this.parameters.release();
  }
}

/** Bad and good. */
export const CLASSES = 2;
/** As BERT began: normal draws of this deviation, wider as the model is narrow. */
const DEVIATION = 0.1;
