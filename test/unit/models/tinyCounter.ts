// A language model that counts, in Hugging Face's layout: after a number comes the next, or the one after the next where
// an `x` stands anywhere before. It knows of the `x` through attention alone, so what it says shows whether keys and
// values of earlier steps are kept.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GraphBuilder } from '../../../src/formats/onnx/graph.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';

/** By their ids: 0 is `x`, 15 ends an answer. */
const WORDS = 'x one two three four five six seven eight nine ten eleven twelve thirteen fourteen <end>'.split(' ');
const VOCABULARY = WORDS.length; // V
const [HEADS, SIZE] = [2, 9]; // H, D
const CHANNELS = HEADS * SIZE; // C: one a word, one that says `x`, one for what attention brings
const [IS_X, SAW_X] = [VOCABULARY, VOCABULARY + 1];
/** Over how many tokens one `x` still counts. */
const REACH = 50;

export const counterFiles = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'];

export async function writeCounter(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'onnx'), { recursive: true });
  const write = (name: string, value: unknown) => writeFile(path.join(folder, name), JSON.stringify(value));
  await write('config.json', {
    model_type: 'llama',
    architectures: ['LlamaForCausalLM'],
    hidden_size: CHANNELS,
    head_dim: SIZE,
    num_hidden_layers: 1,
    num_attention_heads: HEADS,
    num_key_value_heads: HEADS,
    vocab_size: VOCABULARY,
    max_position_embeddings: 64,
    eos_token_id: VOCABULARY - 1,
  });
  await write('tokenizer_config.json', {
    tokenizer_class: 'PreTrainedTokenizerFast',
    eos_token: '<end>',
    chat_template: '{% for message in messages %}{{ message.content }} {% endfor %}',
  });
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  await write('tokenizer.json', {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [{ id: VOCABULARY - 1, content: '<end>', ...flags }],
    normalizer: null,
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    // A word that isn't known is read as `one`.
    model: { type: 'WordLevel', unk_token: 'one', vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])) },
  });
  await writeFile(path.join(folder, 'onnx/model_quantized.onnx'), writeOnnx(counterGraph()));
}

function counterGraph(): GraphBuilder {
  const graph = new GraphBuilder('counter');
  const matrix = (name: string, rows: number, columns: number, at: (row: number, column: number) => number) => {
    const data = Float32Array.from({ length: rows * columns }, (_, i) => at(Math.floor(i / columns), i % columns));
    return graph.tensor(name, 'float32', [rows, columns], data);
  };
  const ids = graph.input({ name: 'input_ids', type: 'int64', shape: ['batch', 'tokens'] });
  graph.input({ name: 'attention_mask', type: 'int64', shape: ['batch', 'all'] });
  const past = (['key', 'value'] as const).map((part) =>
    graph.input({ name: `past_key_values.0.${part}`, type: 'float32', shape: ['batch', HEADS, 'past', SIZE] }),
  );
  const table = matrix('table', VOCABULARY, CHANNELS, (id, c) => Number(c === id || (c === IS_X && id === 0)));
  const x = graph.add('Gather', [table, ids]); // (B, T, C)
  const split = (weights: string) => {
    const product = graph.add('MatMul', [x, weights]);
    const heads = graph.add('Reshape', [product, graph.integers(0, 0, HEADS, SIZE)]);
    return graph.add('Transpose', [heads], { perm: [0, 2, 1, 3] }); // (B, H, T, D)
  };
  // Queries and keys of zeros: each position attends to all before it, and to those behind it, alike.
  const zeros = matrix('zeros', CHANNELS, CHANNELS, () => 0);
  const says = matrix('says', CHANNELS, CHANNELS, (from, to) => Number(from === IS_X && to === 0));
  const keys = graph.add('Concat', [past[0] as string, split(zeros)], { axis: 2 });
  const values = graph.add('Concat', [past[1] as string, split(says)], { axis: 2 });
  const turned = graph.add('Transpose', [keys], { perm: [0, 1, 3, 2] });
  const weights = graph.add('Softmax', [graph.add('MatMul', [split(zeros), turned])], { axis: -1 }); // (B, H, T, all)
  const mixed = graph.add('Transpose', [graph.add('MatMul', [weights, values])], { perm: [0, 2, 1, 3] });
  const joined = graph.add('Reshape', [mixed, graph.integers(0, 0, CHANNELS)]); // (B, T, C)
  const out = matrix('out', CHANNELS, CHANNELS, (from, to) => Number(from === 0 && to === SAW_X));
  const state = graph.add('Add', [x, graph.add('MatMul', [joined, out])]);
  const next = matrix('next', CHANNELS, VOCABULARY, (from, to) => Number(to === from + 1 && from < VOCABULARY));
  const after = matrix('after', CHANNELS, VOCABULARY, (from, to) =>
    from === SAW_X ? 2 * REACH : from < VOCABULARY && to === from + 2 ? 2 : 0,
  );
  const threshold = graph.tensor('threshold', 'float32', [1], Float32Array.of(2));
  const skipped = graph.add('Relu', [graph.add('Sub', [graph.add('MatMul', [state, after]), threshold])]);
  const logits = graph.add('Add', [graph.add('MatMul', [state, next]), skipped]); // (B, T, V)
  graph.output(logits, { name: 'logits', type: 'float32', shape: ['batch', 'tokens', VOCABULARY] });
  for (const [part, tensor] of [
    ['key', keys],
    ['value', values],
  ] as const) {
    graph.output(tensor, { name: `present.0.${part}`, type: 'float32', shape: ['batch', HEADS, 'all', SIZE] });
  }
  return graph;
}
