// BERT's encoder as an ONNX graph, from the weights that Hugging Face keeps in safetensors: token ids in, one vector a
// token out. Pooling, and heads for a task, are left to whoever uses the vectors. Devlin and others 2018, "BERT".

import type { StoredTensor } from '../safetensors.ts';
import { GraphBuilder, MICROSOFT, type OnnxGraph } from './graph.ts';
import { joined, type Product, readProduct, setAside } from './products.ts';
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
  /** Whether texts of unlike length may come together, the shorter ones padded, which costs time. Left out: they may. */
  readonly padding?: boolean;
}

/**
 * The graph: `input_ids`, `token_type_ids` and, with padding, `attention_mask` (B, T), all int64, to
 * `last_hidden_state` (B, T, C). Uses the operations that onnxruntime adds, which do several of ONNX's own in one.
 */
export function bertEncoder(weights: BertWeights, config: BertConfig, options: BertOptions): OnnxGraph {
  return new BertGraph(weights, config, options).build();
}

/** What came out of a normalisation (B, T, C), and its name in the weights. */
interface States {
  readonly x: string;
  readonly norm: string;
}

/**
 * Channels between the two products of a feed-forward that are not rounded. One or two in a layer of MiniLM are far
 * larger than the rest; so many take no time.
 */
const ASIDE = 16;

class BertGraph {
  private readonly graph = new GraphBuilder('bert');
  private readonly weights: BertWeights;
  private readonly config: BertConfig;
  private readonly options: BertOptions;

  constructor(weights: BertWeights, config: BertConfig, options: BertOptions) {
    this.weights = weights;
    this.config = config;
    this.options = options;
  }

  build(): OnnxGraph {
    const { graph, config } = this;
    const shape = ['batch', 'tokens'];
    const input = (name: string) => graph.input({ name, type: 'int64', shape });
    const ids = input('input_ids');
    const mask = (this.options.padding ?? true) ? graph.add('Cast', [input('attention_mask')], { to: INT32 }) : '';
    let states = this.embeddings(ids, input('token_type_ids'));
    for (let layer = 0; layer < config.num_hidden_layers; layer++) {
      const at = `encoder.layer.${layer}`;
      const mixed = this.attention(states, mask, `${at}.attention`);
      states = this.addAndNormalise(states.x, mixed, `${at}.attention.output.LayerNorm`);
      states = this.addAndNormalise(states.x, this.feedForward(states, at), `${at}.output.LayerNorm`);
    }
    graph.output(states.x, { name: 'last_hidden_state', type: 'float32', shape: [...shape, config.hidden_size] });
    return graph;
  }

  /** Word, position and type vectors added and normalised. (B, T) -> (B, T, C) */
  private embeddings(ids: string, types: string): States {
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
    return this.addAndNormalise(words, graph.add('Add', [typed, positions]), 'embeddings.LayerNorm');
  }

  /** All heads at once, and the projection behind them. (B, T, C) -> (B, T, C) */
  private attention(states: States, mask: string, at: string): string {
    const { graph, config } = this;
    const parts = ['query', 'key', 'value'].map((part) => readProduct(this.weights, `${at}.self.${part}`));
    const product = joined(`${at}.self`, parts);
    const heads = { num_heads: config.num_attention_heads };
    const back = readProduct(this.weights, `${at}.output.dense`);
    if (this.options.precision === 'f32') {
      const mixed = graph.add(
        'Attention',
        [states.x, this.matrix(product), this.bias(product), mask],
        heads,
        MICROSOFT,
      );
      return this.product(mixed, back);
    }
    const { x, product: smoothed } = this.smoothed(states, product);
    const [whole, scale, zero] = graph.addMany('DynamicQuantizeLinear', [x], 3) as [string, string, string];
    const [matrix, scales] = this.wholeMatrix(smoothed);
    const columns = product.bias.length;
    const zeros = graph.tensor(`${product.name}.zeros`, 'int8', [columns], new Int8Array(columns));
    const inputs = [whole, matrix, this.bias(smoothed), scale, scales, mask, zero, zeros];
    return this.product(graph.add('QAttention', inputs, heads, MICROSOFT), back); // (B, T, C)
  }

  /** Two products with GELU between. (B, T, C) -> (B, T, C) */
  private feedForward(states: States, at: string): string {
    const { graph } = this;
    const [up, down] = ['intermediate', 'output'].map((part) => readProduct(this.weights, `${at}.${part}.dense`)) as [
      Product,
      Product,
    ];
    if (this.options.precision === 'f32') {
      return this.product(graph.add('Gelu', [this.product(states.x, up)], {}, MICROSOFT), down);
    }
    const { rest, aside } = setAside({ up, down }, ASIDE);
    const { x, product: smoothed } = this.smoothed(states, rest.up);
    const y = this.wholeProduct(graph.add('FastGelu', [this.wholeProduct(x, smoothed)], {}, MICROSOFT), rest.down);
    const few = graph.add('FastGelu', [this.product(states.x, aside.up)], {}, MICROSOFT); // (B, T, few)
    return graph.add('Add', [y, graph.add('MatMul', [few, this.matrix(aside.down)])]);
  }

  /**
   * x + y, each token's vector brought to mean 0 and variance 1, scaled and shifted. (B, T, C) A vector of mean 0 has
   * its mean square as its variance, and onnxruntime's operation for that is much faster than LayerNormalization.
   */
  private addAndNormalise(x: string, y: string, norm: string): States {
    const { graph } = this;
    const sum = graph.add('Add', [x, y]);
    const centred = graph.add('Sub', [sum, graph.add('ReduceMean', [sum], { axes: [-1] })]);
    const epsilon = { float: this.config.layer_norm_eps };
    const scaled = graph.add('SimplifiedLayerNormalization', [centred, this.plain(`${norm}.weight`)], {
      axis: -1,
      epsilon,
    });
    return { x: graph.add('Add', [scaled, this.plain(`${norm}.bias`)]), norm };
  }

  /** Readies states (B, T, C) to be rounded for a product, and the product for them. */
  private smoothed({ x, norm }: States, product: Product): { readonly x: string; readonly product: Product } {
    const [scale, shift] = ['weight', 'bias'].map((part) => this.weights(`${norm}.${part}`).data as Float32Array);
    const factors = smoothing(product.weight, scale as Float32Array, shift as Float32Array);
    const parts = factors.map((factor) => 1 / factor);
    const divisor = this.graph.tensor(`${product.name}.smoothing`, 'float32', [parts.length], parts);
    const weight = product.weight.map((value, i) => value * (factors[i % factors.length] as number));
    return { x: this.graph.add('Mul', [x, divisor]), product: { ...product, weight } };
  }

  /** (B, T, in) -> (B, T, out), rounded or not. */
  private product(x: string, product: Product): string {
    const { graph } = this;
    const isWhole = this.options.precision === 'q8' && !product.name.endsWith('.aside');
    return isWhole
      ? this.wholeProduct(x, product)
      : graph.add('Add', [graph.add('MatMul', [x, this.matrix(product)]), this.bias(product)]);
  }

  private wholeProduct(x: string, product: Product): string {
    const inputs = [x, ...this.wholeMatrix(product), '', this.bias(product)];
    return this.graph.add('DynamicQuantizeMatMul', inputs, {}, MICROSOFT);
  }

  /** (in, out) */
  private matrix({ name, weight, bias }: Product): string {
    const rows = weight.length / bias.length;
    return this.graph.tensor(`${name}.weight`, 'float32', [rows, bias.length], transposed(weight, bias.length, rows));
  }

  /** (in, out) in whole numbers, and their scales (out,) */
  private wholeMatrix({ name, weight, bias }: Product): [matrix: string, scales: string] {
    const [rows, columns] = [weight.length / bias.length, bias.length];
    const { values, scales } = quantiseColumns(transposed(weight, columns, rows), rows, columns);
    return [
      this.graph.tensor(`${name}.weight`, 'int8', [rows, columns], values),
      this.graph.tensor(`${name}.scales`, 'float32', [columns], scales),
    ];
  }

  private bias({ name, bias }: Product): string {
    return this.graph.tensor(`${name}.bias`, 'float32', [bias.length], bias);
  }

  /** Picks rows of a table. (B, T) -> (B, T, C) */
  private rows(name: string, ids: string): string {
    const { graph } = this;
    if (this.options.precision === 'f32') {
      return graph.add('Gather', [this.plain(name), ids]);
    }
    const { shape, data } = this.weights(name);
    const [rows, columns] = shape as [number, number];
    const { values, scales } = quantiseRows(data as Float32Array, rows, columns);
    const picked = graph.add('Gather', [graph.tensor(name, 'int8', shape, values), ids]);
    const scale = graph.add('Gather', [graph.tensor(`${name}.scales`, 'float32', [rows, 1], scales), ids]);
    // Cast would do, but V8 takes 280 MB for a while to compile onnxruntime's for all types.
    const one = graph.tensor('one', 'float32', [], Float32Array.of(1));
    return graph.add('Mul', [graph.add('DequantizeLinear', [picked, one]), scale]);
  }

  /** A weight as it is. */
  private plain(name: string): string {
    const { shape, data } = this.weights(name);
    return this.graph.tensor(name, 'float32', shape, data);
  }
}

/** ONNX's number of the type, as `Cast` wants it. */
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
