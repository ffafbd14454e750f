// BERT as published ONNX files of it are: the layout that Optimum's export gives it, each of PyTorch's operations by
// itself, with every weighted product turned into whole numbers by onnxruntime's quantize_dynamic. So users of
// Transformers.js have all-MiniLM-L6-v2; onnxruntime fuses of it what it can when it loads it.

import type { BertConfig, BertWeights } from '../../../src/formats/onnx/bertEncoder.ts';
import { GraphBuilder, type OnnxGraph } from '../../../src/formats/onnx/graph.ts';
import { quantiseColumns, quantiseRows } from '../../../src/formats/onnx/quantise.ts';

/** ONNX's numbers of types. */
const FLOAT32 = 1;
/** What PyTorch adds to the scores of padding. */
const NEVER = -3.4028234663852886e38;

export function stockBert(weights: BertWeights, config: BertConfig): OnnxGraph {
  return new StockBert(weights, config).build();
}

/** What goes into a product, rounded once for all that take it. */
type Rounded = readonly [values: string, scale: string, zero: string];

class StockBert {
  readonly #graph = new GraphBuilder('torch-jit-export');
  readonly #weights: BertWeights;
  readonly #config: BertConfig;

  constructor(weights: BertWeights, config: BertConfig) {
    this.#weights = weights;
    this.#config = config;
  }

  build(): OnnxGraph {
    const graph = this.#graph;
    const shape = ['batch_size', 'sequence_length'];
    const [ids, mask, types] = ['input_ids', 'attention_mask', 'token_type_ids'].map((name) =>
      graph.input({ name, type: 'int64', shape }),
    ) as [string, string, string];
    const hidden = this.#hiddenScores(mask); // (B, 1, 1, T)
    let x = this.#embeddings(ids, types); // (B, T, C)
    for (let layer = 0; layer < this.#config.num_hidden_layers; layer++) {
      const at = `encoder.layer.${layer}`;
      x = this.#norm(this.#add(this.#attention(x, hidden, at), x), `${at}.attention.output.LayerNorm`);
      x = this.#norm(this.#add(this.#feedForward(x, at), x), `${at}.output.LayerNorm`);
    }
    graph.output(x, { name: 'last_hidden_state', type: 'float32', shape: [...shape, this.#config.hidden_size] });
    return graph;
  }

  /** 0 where a token is, and the least number where padding is. */
  #hiddenScores(mask: string): string {
    const graph = this.#graph;
    const spread = graph.add('Unsqueeze', [mask, graph.integers(1, 2)]);
    const ones = graph.add('Cast', [spread], { to: FLOAT32 });
    return this.#times(graph.add('Sub', [this.#number(1), ones]), this.#number(NEVER));
  }

  #embeddings(ids: string, types: string): string {
    const graph = this.#graph;
    const { max_position_embeddings: most } = this.#config;
    const all = graph.tensor(
      'embeddings.position_ids',
      'int64',
      [1, most],
      BigInt64Array.from({ length: most }, (_, i) => BigInt(i)),
    );
    const length = graph.add('Unsqueeze', [this.#size(ids, 1), graph.integers(0)]);
    const positions = graph.add('Slice', [all, graph.integers(0), length, graph.integers(1)]);
    const [words, typed, placed] = [
      ['word', ids],
      ['token_type', types],
      ['position', positions],
    ].map(([table, rows]) => this.#rows(`embeddings.${table}_embeddings.weight`, rows as string));
    return this.#norm(this.#add(this.#add(words as string, typed as string), placed as string), 'embeddings.LayerNorm');
  }

  #attention(x: string, hidden: string, at: string): string {
    const graph = this.#graph;
    const { num_attention_heads: heads, hidden_size: width } = this.#config;
    const rounded = this.#rounded(x);
    const part = (name: string, perm: readonly number[]) => {
      const product = this.#product(rounded, `${at}.attention.self.${name}`);
      return graph.add('Transpose', [this.#reshaped(product, heads, width / heads)], { perm });
    };
    const queries = part('query', [0, 2, 1, 3]); // (B, H, T, D)
    const keys = part('key', [0, 2, 3, 1]); // (B, H, D, T)
    const values = part('value', [0, 2, 1, 3]); // (B, H, T, D)
    const products = graph.add('MatMul', [queries, keys]); // (B, H, T, T)
    const scores = graph.add('Div', [products, this.#number(Math.sqrt(width / heads))]);
    const shares = graph.add('Softmax', [this.#add(scores, hidden)], { axis: -1 });
    const mixed = graph.add('Transpose', [graph.add('MatMul', [shares, values])], { perm: [0, 2, 1, 3] });
    return this.#product(this.#rounded(this.#reshaped(mixed, width)), `${at}.attention.output.dense`);
  }

  #feedForward(x: string, at: string): string {
    const graph = this.#graph;
    const up = this.#product(this.#rounded(x), `${at}.intermediate.dense`);
    const error = graph.add('Erf', [graph.add('Div', [up, this.#number(Math.SQRT2)])]);
    const gelu = this.#times(this.#times(up, this.#add(error, this.#number(1))), this.#number(0.5));
    return this.#product(this.#rounded(gelu), `${at}.output.dense`);
  }

  #norm(x: string, at: string): string {
    const graph = this.#graph;
    const mean = (of: string) => graph.add('ReduceMean', [of], { axes: [-1] });
    const moved = graph.add('Sub', [x, mean(x)]);
    const variance = mean(graph.add('Pow', [moved, this.#number(2)]));
    const deviation = graph.add('Sqrt', [this.#add(variance, this.#number(this.#config.layer_norm_eps))]);
    const scaled = this.#times(graph.add('Div', [moved, deviation]), this.#plain(`${at}.weight`));
    return this.#add(scaled, this.#plain(`${at}.bias`));
  }

  #rounded(x: string): Rounded {
    return this.#graph.addMany('DynamicQuantizeLinear', [x], 3) as [string, string, string];
  }

  /** `x @ W + bias` */
  #product([values, scale, zero]: Rounded, at: string): string {
    const graph = this.#graph;
    const { shape, data } = this.#weights(`${at}.weight`);
    const [columns, rows] = shape as [number, number]; // PyTorch keeps (out, in)
    const matrix = new Float32Array(data.length); // (in, out)
    for (let i = 0; i < matrix.length; i++) {
      matrix[(i % rows) * columns + Math.floor(i / rows)] = data[i] as number;
    }
    const whole = quantiseColumns(matrix, rows, columns);
    const name = `${at}.weight_quantized`;
    const weight = graph.tensor(name, 'int8', [rows, columns], whole.values);
    const scales = graph.tensor(`${at}.weight_scale`, 'float32', [columns], whole.scales);
    const zeros = graph.tensor(`${at}.weight_zero_point`, 'int8', [columns], new Int8Array(columns));
    const product = graph.add('MatMulInteger', [values, weight, zero, zeros]);
    const asFloats = graph.add('Cast', [product], { to: FLOAT32 });
    return this.#add(this.#plain(`${at}.bias`), this.#times(asFloats, this.#times(scale, scales)));
  }

  #rows(name: string, ids: string): string {
    const graph = this.#graph;
    const { shape, data } = this.#weights(name);
    const { values, scales } = quantiseRows(data as Float32Array, 1, data.length);
    const picked = graph.add('Gather', [graph.tensor(`${name}_quantized`, 'int8', shape, values), ids]);
    const zero = graph.tensor(`${name}_zero_point`, 'int8', [], new Int8Array(1));
    return graph.add('DequantizeLinear', [picked, graph.tensor(`${name}_scale`, 'float32', [], scales), zero]);
  }

  /** (B, T, ...) to (B, T, ...sizes) */
  #reshaped(x: string, ...sizes: readonly number[]): string {
    const graph = this.#graph;
    const parts = [0, 1].map((axis) => graph.add('Unsqueeze', [this.#size(x, axis), graph.integers(0)]));
    return graph.add('Reshape', [
      x,
      graph.add('Concat', [...parts, ...sizes.map((size) => graph.integers(size))], { axis: 0 }),
    ]);
  }

  /** One of the sizes of x, as a number. */
  #size(x: string, axis: number): string {
    const graph = this.#graph;
    const at = graph.tensor(`axis_${graph.tensors.length}`, 'int64', [], BigInt64Array.of(BigInt(axis)));
    return graph.add('Gather', [graph.add('Shape', [x]), at], { axis: 0 });
  }

  #add(a: string, b: string): string {
    return this.#graph.add('Add', [a, b]);
  }

  #times(a: string, b: string): string {
    return this.#graph.add('Mul', [a, b]);
  }

  #number(value: number): string {
    return this.#graph.tensor(`number_${this.#graph.tensors.length}`, 'float32', [], Float32Array.of(value));
  }

  #plain(name: string): string {
    const { shape, data } = this.#weights(name);
    return this.#graph.tensors.some((one) => one.name === name)
      ? name
      : this.#graph.tensor(name, 'float32', shape, data);
  }
}
