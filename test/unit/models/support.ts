// What the tests of real models share: the bundle that runs them, in a folder far from node_modules; a BERT with random
// weights, small enough to be made in a moment; and whether the real MiniLM has been made.

import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { entries, optionsFor } from '../../../src/build/bundle.ts';
import { copyRuntime } from '../../../src/build/modelsBundle.ts';
import { inRoot } from '../../../src/build/paths.ts';
import { type StoredTensor, writeSafetensors } from '../../../src/formats/safetensors.ts';
import { seededRandom } from '../../../src/shared/environment.ts';

export const MINILM = inRoot('dist/models/all-MiniLM-L6-v2');
export const hasMiniLm = existsSync(path.join(MINILM, 'files.json'));

/** Makes models.mjs and ort/ in `folder`, laid out like dist/. */
export async function makeModelsBundle(folder: string): Promise<void> {
  const entry = entries.find(({ out }) => out === 'dist/models.mjs');
  if (entry === undefined) {
    throw new Error('The build has no bundle dist/models.mjs.');
  }
  await build({ ...optionsFor(entry, false), outfile: path.join(folder, 'models.mjs') });
  await copyRuntime(path.join(folder, 'ort'));
}

const PIECES = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'red', 'green', 'apple', 'tree', '##s', 'a'];

export const tinyConfig = {
  model_type: 'bert',
  architectures: ['BertModel'],
  hidden_act: 'gelu',
  vocab_size: PIECES.length,
  hidden_size: 16,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  intermediate_size: 32,
  max_position_embeddings: 24,
  type_vocab_size: 2,
  layer_norm_eps: 1e-12,
};

/** Weights by their names in Hugging Face's files. */
export function tinyWeights(): Map<string, StoredTensor> {
  const random = seededRandom(7);
  const weights = new Map<string, StoredTensor>();
  const add = (name: string, ...shape: number[]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const norm = name.endsWith('LayerNorm.weight') ? 1 : 0;
    weights.set(name, { shape, data: Float32Array.from({ length: size }, () => norm + (random() - 0.5) * 0.4) });
  };
  const dense = (name: string, rows: number, columns: number) => {
    add(`${name}.weight`, rows, columns);
    add(`${name}.bias`, rows);
  };
  const norm = (name: string) => {
    add(`${name}.LayerNorm.weight`, 16);
    add(`${name}.LayerNorm.bias`, 16);
  };
  add('embeddings.word_embeddings.weight', PIECES.length, 16);
  add('embeddings.position_embeddings.weight', 24, 16);
  add('embeddings.token_type_embeddings.weight', 2, 16);
  norm('embeddings');
  for (const at of ['encoder.layer.0', 'encoder.layer.1']) {
    for (const part of ['query', 'key', 'value']) {
      dense(`${at}.attention.self.${part}`, 16, 16);
    }
    dense(`${at}.attention.output.dense`, 16, 16);
    norm(`${at}.attention.output`);
    dense(`${at}.intermediate.dense`, 32, 16);
    dense(`${at}.output.dense`, 16, 32);
    norm(`${at}.output`);
  }
  return weights;
}

/** The model's files as they are on the hub, but for the ONNX file. */
export async function writeTinyBert(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const special = (id: number) => ({
    id,
    content: PIECES[id],
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [0, 1, 2, 3].map(special),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: '[CLS]', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '[SEP]', type_id: 0 } },
      ],
      pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
      special_tokens: {
        '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
        '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
      },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(PIECES.map((piece, id) => [piece, id])),
    },
  };
  const write = (name: string, value: unknown) => writeFile(path.join(folder, name), JSON.stringify(value));
  await write('config.json', tinyConfig);
  await write('tokenizer.json', tokenizer);
  await write('tokenizer_config.json', { tokenizer_class: 'BertTokenizer', model_max_length: 24 });
  await writeFile(path.join(folder, 'model.safetensors'), writeSafetensors(tinyWeights()));
}
