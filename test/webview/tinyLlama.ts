// A Llama small enough to be made in a moment, in Hugging Face's layout: rotary positions, grouped queries, root-mean-square
// norms, gated feed-forward, a cache of keys and values. Its weights are by the rule of test/fixtures/models/llama.py, so
// that PyTorch's answers are known; its tokens are bytes; it says small letters and spaces, and nothing that makes sense.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot } from '../../src/build/paths.ts';
import { GraphBuilder } from '../../src/formats/onnx/graph.ts';
import { writeOnnx } from '../../src/formats/onnx/writeOnnx.ts';

interface LlamaFixture {
  readonly config: {
    readonly vocab_size: number;
    readonly hidden_size: number;
    readonly intermediate_size: number;
    readonly num_hidden_layers: number;
    readonly num_attention_heads: number;
    readonly num_key_value_heads: number;
    readonly head_dim: number;
    readonly rms_norm_eps: number;
    readonly rope_theta: number;
  };
  /** Of the weights, in the order by which the rule numbers them. */
  readonly names: readonly string[];
  readonly answers: readonly { readonly prompt: string; readonly answer: readonly number[] }[];
}

export const llamaFiles = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'];

export async function llamaFixture(): Promise<LlamaFixture> {
  return JSON.parse(await readFile(inRoot('test/fixtures/models/llama.json'), 'utf8')) as LlamaFixture;
}

export async function writeLlama(folder: string): Promise<void> {
  const fixture = await llamaFixture();
  await mkdir(path.join(folder, 'onnx'), { recursive: true });
  const write = (name: string, value: unknown) => writeFile(path.join(folder, name), JSON.stringify(value));
  await write('config.json', { model_type: 'llama', architectures: ['LlamaForCausalLM'], ...fixture.config });
  await write('tokenizer_config.json', {
    tokenizer_class: 'PreTrainedTokenizerFast',
    eos_token: SPECIAL[2],
    // As SmolLM2's has it.
    chat_template:
      "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
  });
  await write('tokenizer.json', tokenizer());
  await writeFile(path.join(folder, 'onnx/model_quantized.onnx'), writeOnnx(new LlamaGraph(fixture).build()));
}

const BYTES = 256;
/** Behind the bytes, in the order of their ids. */
const SPECIAL = ['<|im_start|>', '<|begin|>', '<|im_end|>'];

/** A byte-level BPE without a single merge. */
function tokenizer(): unknown {
  const pieces = byteCharacters();
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content, i) => ({ id: BYTES + i, content, ...flags })),
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      vocab: Object.fromEntries([...pieces, ...SPECIAL].map((piece, id) => [piece, id])),
      merges: [],
    },
  };
}

/** GPT-2's visible characters of the bytes: those that are visible stand for themselves, the others follow from 256 on. */
function byteCharacters(): string[] {
  let next = 256;
  return Array.from({ length: BYTES }, (_, byte) => {
    const visible = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
    return String.fromCodePoint(visible ? byte : next++);
  });
}

/** B texts, T new tokens, S tokens in all, K heads of keys, G queries a head of keys, D numbers a head, C a state. */
class LlamaGraph {
  private readonly graph = new GraphBuilder('llama');
  private readonly config: LlamaFixture['config'];
  private readonly names: readonly string[];
  private readonly made = new Map<string, string>();

  constructor({ config, names }: LlamaFixture) {
    this.config = config;
    this.names = names;
  }

  build(): GraphBuilder {
    const { graph, config } = this;
    const { num_hidden_layers: layers, num_key_value_heads: heads, head_dim: size, vocab_size } = config;
    const ids = graph.input({ name: 'input_ids', type: 'int64', shape: ['batch', 'tokens'] });
    const mask = graph.input({ name: 'attention_mask', type: 'int64', shape: ['batch', 'all'] });
    const positions = graph.input({ name: 'position_ids', type: 'int64', shape: ['batch', 'tokens'] });
    const turns = this.turns(positions);
    const hidden = this.hidden(mask, positions);
    let x = graph.add('Gather', [this.weight('model.embed_tokens.weight', vocab_size, config.hidden_size), ids]);
    for (let layer = 0; layer < layers; layer++) {
      const at = `model.layers.${layer}`;
      const shape = ['batch', heads, 'past', size];
      const past = ['key', 'value'].map((part) =>
        graph.input({ name: `past_key_values.${layer}.${part}`, type: 'float32', shape }),
      );
      x = graph.add('Add', [x, this.attention(this.norm(x, `${at}.input_layernorm`), at, past, turns, hidden, layer)]);
      x = graph.add('Add', [x, this.feedForward(this.norm(x, `${at}.post_attention_layernorm`), at)]);
    }
    const logits = this.product(this.norm(x, 'model.norm'), 'lm_head', config.hidden_size, vocab_size);
    graph.output(logits, { name: 'logits', type: 'float32', shape: ['batch', 'tokens', vocab_size] });
    return graph;
  }

  private attention(
    x: string,
    at: string,
    past: readonly string[],
    turns: readonly [cos: string, sin: string],
    hidden: string,
    layer: number,
  ): string {
    const { graph, config } = this;
    const { hidden_size: C, num_attention_heads: H, num_key_value_heads: K, head_dim: D } = config;
    const project = (part: string, heads: number) => {
      const product = this.product(x, `${at}.self_attn.${part}_proj`, C, heads * D);
      const split = graph.add('Reshape', [product, graph.integers(0, 0, heads, D)]);
      return graph.add('Transpose', [split], { perm: [0, 2, 1, 3] }); // (B, heads, T, D)
    };
    const queries = this.turned(project('q', H), turns);
    const fresh = [this.turned(project('k', K), turns), project('v', K)];
    const [keys, values] = fresh.map((tensor, i) => {
      const all = graph.add('Concat', [past[i] as string, tensor], { axis: 2 }); // (B, K, S, D)
      const name = `present.${layer}.${i === 0 ? 'key' : 'value'}`;
      graph.output(all, { name, type: 'float32', shape: ['batch', K, 'all', D] });
      return graph.add('Unsqueeze', [all, graph.integers(2)]); // (B, K, 1, S, D)
    }) as [string, string];
    const grouped = graph.add('Reshape', [queries, graph.integers(0, K, H / K, -1, D)]); // (B, K, G, T, D)
    const turnedKeys = graph.add('Transpose', [keys], { perm: [0, 1, 2, 4, 3] });
    const scores = graph.add('Mul', [graph.add('MatMul', [grouped, turnedKeys]), this.number(1 / Math.sqrt(D))]);
    const weights = graph.add('Softmax', [graph.add('Add', [scores, hidden])], { axis: -1 }); // (B, K, G, T, S)
    const mixed = graph.add('Reshape', [graph.add('MatMul', [weights, values]), graph.integers(0, H, -1, D)]);
    const joined = graph.add('Transpose', [mixed], { perm: [0, 2, 1, 3] }); // (B, T, H, D)
    return this.product(graph.add('Reshape', [joined, graph.integers(0, 0, C)]), `${at}.self_attn.o_proj`, C, C);
  }

  /** down(silu(gate(x)) * up(x)). Shazeer 2020, "GLU Variants Improve Transformer". */
  private feedForward(x: string, at: string): string {
    const { graph, config } = this;
    const { hidden_size: C, intermediate_size: F } = config;
    const gate = this.product(x, `${at}.mlp.gate_proj`, C, F);
    const active = graph.add('Mul', [gate, graph.add('Sigmoid', [gate])]);
    const up = this.product(x, `${at}.mlp.up_proj`, C, F);
    return this.product(graph.add('Mul', [active, up]), `${at}.mlp.down_proj`, F, C);
  }

  /** x / sqrt(mean(x²) + ε) * weight. Zhang and Sennrich 2019, "Root Mean Square Layer Normalization". */
  private norm(x: string, at: string): string {
    const { graph, config } = this;
    const squares = graph.add('MatMul', [graph.add('Mul', [x, x]), this.mean()]); // (B, T, 1)
    const root = graph.add('Sqrt', [graph.add('Add', [squares, this.number(config.rms_norm_eps)])]);
    return graph.add('Mul', [graph.add('Div', [x, root]), this.weight(`${at}.weight`, config.hidden_size)]);
  }

  /** Cosine and sine of each position's angles, (B, 1, T, D / 2). Su and others 2021, "RoFormer". */
  private turns(positions: string): readonly [string, string] {
    const { graph, config } = this;
    const half = config.head_dim / 2;
    const speeds = Float32Array.from({ length: half }, (_, i) => config.rope_theta ** (-i / half));
    const place = graph.add('Unsqueeze', [graph.add('Cast', [positions], { to: FLOAT32 }), graph.integers(1, 3)]);
    const angles = graph.add('Mul', [place, graph.tensor('speeds', 'float32', [half], speeds)]);
    return [graph.add('Cos', [angles]), graph.add('Sin', [angles])];
  }

  /** (B, heads, T, D), its halves turned against each other as Hugging Face's Llama has them. */
  private turned(x: string, [cos, sin]: readonly [string, string]): string {
    const { graph, config } = this;
    const half = config.head_dim / 2;
    const part = (from: number, to: number) =>
      graph.add('Slice', [x, graph.integers(from), graph.integers(to), graph.integers(3)]);
    const [left, right] = [part(0, half), part(half, 2 * half)];
    const mul = (a: string, b: string) => graph.add('Mul', [a, b]);
    return graph.add(
      'Concat',
      [graph.add('Sub', [mul(left, cos), mul(right, sin)]), graph.add('Add', [mul(right, cos), mul(left, sin)])],
      { axis: 3 },
    );
  }

  /** 0 where a token may look, very little where not, (B, 1, 1, T, S). Texts of one length only: nothing is padded. */
  private hidden(mask: string, positions: string): string {
    const { graph } = this;
    const length = graph.add('Reshape', [
      graph.add('Slice', [graph.add('Shape', [mask]), graph.integers(1), graph.integers(2)]),
      graph.tensor('scalar', 'int64', [0], new BigInt64Array(0)),
    ]);
    const whole = (name: string, value: bigint) => graph.tensor(name, 'int64', [], BigInt64Array.of(value));
    const columns = graph.add('Range', [whole('zero', 0n), length, whole('one', 1n)]); // (S,)
    const rows = graph.add('Unsqueeze', [positions, graph.integers(1, 2, 4)]); // (B, 1, 1, T, 1)
    const behind = graph.add('Cast', [graph.add('Greater', [columns, rows])], { to: FLOAT32 });
    return graph.add('Mul', [behind, this.number(-1e9)]);
  }

  /** (B, T, from) -> (B, T, to); PyTorch keeps the matrix as (to, from). */
  private product(x: string, at: string, from: number, to: number): string {
    const { graph } = this;
    const matrix = graph.add('Transpose', [this.weight(`${at}.weight`, to, from)], { perm: [1, 0] });
    return graph.add('MatMul', [x, matrix]);
  }

  private number(value: number): string {
    return this.once(`number ${value}`, (name) => this.graph.tensor(name, 'float32', [1], Float32Array.of(value)));
  }

  /** (C, 1), each 1 / C: a product with it is the mean. */
  private mean(): string {
    const C = this.config.hidden_size;
    return this.once('mean', (name) => this.graph.tensor(name, 'float32', [C, 1], new Float32Array(C).fill(1 / C)));
  }

  private weight(name: string, ...shape: readonly number[]): string {
    const size = shape.reduce((product, length) => product * length, 1);
    const order = this.names.indexOf(name);
    const [base, scale] = name.endsWith('norm.weight') ? [1, 0.1] : [0, name.includes('.layers.') ? 0.2 : 0.5];
    const data = Float32Array.from(
      { length: size },
      (_, i) => base + scale * Math.sin(12.9898 * (i + 1) + 78.233 * (order + 1)),
    );
    // One channel of every state speaks for the bytes that it says.
    const columns = shape[1] ?? 1;
    for (let row = 0; row < (shape[0] as number); row++) {
      if (name === 'model.embed_tokens.weight') {
        data[row * columns] = 3;
      } else if (name === 'lm_head.weight') {
        data[row * columns] = row === 32 || (row > 96 && row < 123) ? 20 : -20;
      }
    }
    return this.once(name, () => this.graph.tensor(name, 'float32', shape, data));
  }

  private once(name: string, make: (name: string) => string): string {
    const known = this.made.get(name) ?? make(name);
    this.made.set(name, known);
    return known;
  }
}

/** ONNX's number of the type, as `Cast` wants it. */
const FLOAT32 = 1;
