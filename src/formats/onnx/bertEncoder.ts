// BERT's encoder as an ONNX graph, from the weights that Hugging Face keeps in safetensors: token ids in, one vector a
// token out. Pooling, and heads for a task, are left to whoever uses the vectors. Devlin and others 2018, "BERT".

import type { StoredTensor } from '../safetensors.ts';
import { GraphBuilder, MICROSOFT, type OnnxGraph } from './graph.ts';
import { quantiseColumns, quantiseRows } from './quantise.ts';
import { smoothing } from './smooth.ts';

/** What the graph needs of the model's `config.json`. */
export interface BertConfig {
  readonly vocab_size: number;
  /** C */
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly intermediate_size: number;
  readonly max_position_embeddings: number;
  readonly type_vocab_size: number;
  readonly layer_norm_eps: number;
}

/** Brings a weight by the name that it has in the safetensors file. */
export type BertWeights = (name: string) => StoredTensor;

export interface BertOptions {
  /**
   * `f32`, or `q8`: matrices as 8-bit whole numbers with a scale a column, and what goes into each product rounded to 8
   * bits while it runs (dynamic quantisation); GELU by its approximation with tanh, which is less than the rounding.
   */
  readonly precision: 'f32' | 'q8';
  /** Of `q8`: the products whose inputs are not rounded, by their name in the weights. Their weights are. */
  readonly exact?: (product: string) => boolean;
}

/**
 * The graph: `input_ids`, `attention_mask`, `token_type_ids` (B, T), all int64, to `last_hidden_state` (B, T, C). Uses
 * the operations that onnxruntime adds, which do several of ONNX's own in one.
 */
export function bertEncoder(weights: BertWeights, config: BertConfig, options: BertOptions): OnnxGraph {
  return new BertGraph(weights, config, options).build();
}

/** What goes into products, and by how much each channel's weights are to be multiplied, if at all. */
interface Smoothed {
  readonly x: string;
  readonly factors?: Float32Array;
}

class BertGraph {
  private readonly graph = new GraphBuilder('bert');
  private readonly weights: BertWeights;
  private readonly config: BertConfig;
  private readonly precision: BertOptions['precision'];
  private readonly exact: (product: string) => boolean;

  constructor(weights: BertWeights, config: BertConfig, { precision, exact }: BertOptions) {
    this.weights = weights;
    this.config = config;
    this.precision = precision;
    this.exact = exact ?? (() => false);
  }

  build(): OnnxGraph {
    const { graph, config } = this;
    const shape = ['batch', 'tokens'];
    const ids = graph.input({ name: 'input_ids', type: 'int64', shape });
    const mask = graph.add('Cast', [graph.input({ name: 'attention_mask', type: 'int64', shape })], { to: INT32 });
    const types = graph.input({ name: 'token_type_ids', type: 'int64', shape });
    let x = this.embeddings(ids, types); // (B, T, C)
    let norm = 'embeddings.LayerNorm'; // the one that x came out of
    for (let layer = 0; layer < config.num_hidden_layers; layer++) {
      const at = `encoder.layer.${layer}`;
      x = this.addAndNormalise(x, this.attention(x, mask, `${at}.attention`, norm), `${at}.attention.output`);
      x = this.addAndNormalise(x, this.feedForward(x, at), `${at}.output`);
      norm = `${at}.output.LayerNorm`;
    }
    graph.output(x, { name: 'last_hidden_state', type: 'float32', shape: [...shape, config.hidden_size] });
    return graph;
  }

  /** Word, position and type vectors added and normalised. (B, T) -> (B, T, C) */
  private embeddings(ids: string, types: string): string {
    const { graph } = this;
    const words = this.rows('embeddings.word_embeddings.weight', ids); // (B, T, C)
    const typed = graph.add('Gather', [this.plain('embeddings.token_type_embeddings.weight'), types]); // (B, T, C)
    const length = graph.add('Slice', [graph.add('Shape', [ids]), graph.integers(1), graph.integers(2)]);
    const positions = graph.add('Slice', [
      this.plain('embeddings.position_embeddings.weight'),
      graph.integers(0),
      length,
      graph.integers(0),
    ]); // (T, C)
    const sum = graph.add('Add', [words, graph.add('Add', [typed, positions])]); // (B, T, C)
    const norm = this.norm('embeddings.LayerNorm');
    return graph.add('LayerNormalization', [sum, ...norm], { axis: -1, epsilon: this.epsilon });
  }

  /** All heads at once, and the projection behind them without its bias. (B, T, C) -> (B, T, C) */
  private attention(x: string, mask: string, at: string, norm: string): string {
    const { graph, config } = this;
    const products = ['query', 'key', 'value'].map((part) => `${at}.self.${part}`);
    const smoothed = this.smoothed(x, norm, products);
    const [queries, keys, values] = products.map((name) => this.product(smoothed, name, true));
    const mixed = graph.add(
      'MultiHeadAttention',
      [queries as string, keys as string, values as string, '', mask],
      { num_heads: config.num_attention_heads },
      MICROSOFT,
    ); // (B, T, C)
    return this.product({ x: mixed }, `${at}.output.dense`, false);
  }

  /** Two products with GELU between, the second without its bias. (B, T, C) -> (B, T, C) */
  private feedForward(x: string, at: string): string {
    const name = `${at}.intermediate.dense`;
    const up = this.product(this.smoothed(x, `${at}.attention.output.LayerNorm`, [name]), name, false); // (B, T, F)
    const gelu = this.precision === 'f32' ? 'BiasGelu' : 'FastGelu';
    const active = this.graph.add(gelu, [up, this.plain(`${name}.bias`)], {}, MICROSOFT);
    return this.product({ x: active }, `${at}.output.dense`, false);
  }

  /** x + y + the bias of the product that y came from, normalised. (B, T, C) */
  private addAndNormalise(x: string, y: string, at: string): string {
    const norm = this.norm(`${at}.LayerNorm`);
    const inputs = [x, y, ...norm, this.plain(`${at}.dense.bias`)];
    return this.graph.add('SkipLayerNormalization', inputs, { epsilon: this.epsilon }, MICROSOFT);
  }

  /** Readies x (B, T, C), which came out of `norm`, to be rounded for these products. */
  private smoothed(x: string, norm: string, products: readonly string[]): Smoothed {
    if (this.precision === 'f32' || products.some(this.exact)) {
      return { x };
    }
    const [scale, shift] = ['weight', 'bias'].map((part) => this.weights(`${norm}.${part}`));
    const weights = products.map((name) => this.weights(`${name}.weight`));
    const factors = smoothing(weights, scale as StoredTensor, shift as StoredTensor);
    const parts = factors.map((factor) => 1 / factor);
    const divisor = this.graph.tensor(`${products[0]}.smoothing`, 'float32', [parts.length], parts);
    return { x: this.graph.add('Mul', [x, divisor]), factors };
  }

  /** `x @ W`, and `+ bias` where that is wanted here. (B, T, in) -> (B, T, out) */
  private product({ x, factors }: Smoothed, at: string, withBias: boolean): string {
    const { graph } = this;
    const { shape, data } = this.weights(`${at}.weight`);
    const [columns, rows] = shape as [number, number]; // PyTorch keeps (out, in)
    const matrix = transposed(data as Float32Array, columns, rows); // (in, out)
    const name = `${at}.weight`;
    const plus = (y: string) => (withBias ? graph.add('Add', [y, this.plain(`${at}.bias`)]) : y);
    if (this.precision === 'f32') {
      return plus(graph.add('MatMul', [x, graph.tensor(name, 'float32', [rows, columns], matrix)]));
    }
    if (factors !== undefined) {
      matrix.forEach((weight, i) => {
        matrix[i] = weight * (factors[Math.floor(i / columns)] as number);
      });
    }
    const { values, scales } = quantiseColumns(matrix, rows, columns);
    const whole = graph.tensor(name, 'int8', [rows, columns], values);
    const scale = graph.tensor(`${name}.scales`, 'float32', [columns], scales);
    if (this.exact(at)) {
      // Both operands are constant: onnxruntime works this out once, when it loads the file.
      return plus(graph.add('MatMul', [x, graph.add('Mul', [graph.add('Cast', [whole], { to: FLOAT32 }), scale])]));
    }
    const bias = withBias ? ['', this.plain(`${at}.bias`)] : [];
    return graph.add('DynamicQuantizeMatMul', [x, whole, scale, ...bias], {}, MICROSOFT);
  }

  /** Picks rows of a table. (B, T) -> (B, T, C) */
  private rows(name: string, ids: string): string {
    const { graph } = this;
    if (this.precision === 'f32') {
      return graph.add('Gather', [this.plain(name), ids]);
    }
    const { shape, data } = this.weights(name);
    const [rows, columns] = shape as [number, number];
    const { values, scales } = quantiseRows(data as Float32Array, rows, columns);
    const picked = graph.add('Gather', [graph.tensor(name, 'int8', shape, values), ids]);
    const scale = graph.add('Gather', [graph.tensor(`${name}.scales`, 'float32', [rows, 1], scales), ids]);
    return graph.add('Mul', [graph.add('Cast', [picked], { to: FLOAT32 }), scale]);
  }

  private norm(at: string): [scale: string, shift: string] {
    return [this.plain(`${at}.weight`), this.plain(`${at}.bias`)];
  }

  private get epsilon(): { readonly float: number } {
    return { float: this.config.layer_norm_eps };
  }

  /** A weight as it is. */
  private plain(name: string): string {
    const { shape, data } = this.weights(name);
    return this.graph.tensor(name, 'float32', shape, data);
  }
}

/** ONNX's numbers of the types, as `Cast` wants them. */
const FLOAT32 = 1;
const INT32 = 6;

/** (rows, columns) -> (columns, rows) */
function transposed(data: Float32Array, rows: number, columns: number): Float32Array<ArrayBuffer> {
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[column * rows + row] = data[row * columns + column] as number;
    }
  }
  return result;
}
