// Opens a folder in Hugging Face's layout as a sentence encoder: its graph, its tokenizer, its pooling and its limit.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readTokenizerJson } from '../../formats/tokenizerJson.ts';
import type { KnownModel } from '../../services/models/knownModels.ts';
import type { ModelList } from '../../services/models/modelFolder.ts';
import { Fault } from '../../shared/errors.ts';
import { tokenizerOf } from '../../tokenizers/pipeline.ts';
import type { Runtime } from './runtime.ts';
import { SentenceEncoder, type SentenceTokenizer } from './sentenceEncoder.ts';

/** Graphs by preference: 8-bit ones are a quarter of the size, and faster. */
const GRAPHS = ['onnx/model_quantized.onnx', 'onnx/model_int8.onnx', 'onnx/model.onnx'];

/** Tokens that a model takes where its files don't say. */
const USUAL_LENGTH = 512;

export async function openSentenceEncoder(
  { ort, transformers }: Runtime,
  model: KnownModel,
  folder: string,
  list: ModelList,
): Promise<{ value: SentenceEncoder; close(): Promise<void> }> {
  const graph = list.files.find(
    ({ path: file }) => file === GRAPHS.find((name) => existsSync(path.join(folder, name))),
  );
  if (graph === undefined) {
    throw new Fault('bad-input', `${model.label} has none of ${GRAPHS.join(', ')}.`, { where: folder });
  }
  const config = await json(folder, 'config.json');
  const session = await ort.InferenceSession.create(await readFile(path.join(folder, graph.path)), {
    executionProviders: ['wasm'],
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const pooling = await json(folder, '1_Pooling/config.json');
  const value = new SentenceEncoder({
    // The vectors are made by this graph; another file makes others.
    id: `${model.id}-${graph.sha256.slice(0, 12)}`,
    label: model.label,
    detail: `${Math.round(graph.bytes / 1e6)} MB, ${list.licence}, ${list.source}`,
    session,
    TensorClass: ort.Tensor,
    tokenizer: await openTokenizer(folder, transformers),
    longest: await longest(folder, config),
    dimensions: Number(config.hidden_size),
    pooling: pooling.pooling_mode_cls_token === true ? 'first' : 'mean',
  });
  return { value, close: () => session.release() };
}

/** BERT's own goes through our tokenizers; any other through Transformers.js. */
async function openTokenizer(folder: string, transformers: Runtime['transformers']): Promise<SentenceTokenizer> {
  const file = path.join(folder, 'tokenizer.json');
  const definition = readTokenizerJson(await readFile(file), file);
  const named = new Map(definition.addedTokens.map(({ text, id }) => [text, id]));
  const [first, last] = [named.get('[CLS]'), named.get('[SEP]')];
  if (definition.model.type === 'wordpiece' && first !== undefined && last !== undefined) {
    // As the model's own tokenizer reads a text that spells [SEP]: vectors are compared, and nothing obeys it.
    const tokenizer = tokenizerOf(definition);
    return { ids: (text) => tokenizer.encode(text, { specialTokens: true }).ids, before: [first], after: [last] };
  }
  const theirs = await transformers.AutoTokenizer.from_pretrained(folder);
  const around = theirs.encode('');
  return {
    ids: (text) => Uint32Array.from(theirs.encode(text, { add_special_tokens: false })),
    before: around.slice(0, Math.ceil(around.length / 2)),
    after: around.slice(Math.ceil(around.length / 2)),
  };
}

/** How many tokens count, those around the text included: as sentence-transformers decides it. */
async function longest(folder: string, config: Readonly<Record<string, unknown>>): Promise<number> {
  const { max_seq_length } = await json(folder, 'sentence_bert_config.json');
  const { model_max_length } = await json(folder, 'tokenizer_config.json');
  const limits = [max_seq_length ?? model_max_length, config.max_position_embeddings].map(Number);
  return Math.min(
    ...limits.filter((limit) => limit > 2),
    Number.isFinite(limits[0]) ? Number.MAX_SAFE_INTEGER : USUAL_LENGTH,
  );
}

/** A JSON file of the folder; an empty object where there is none. */
async function json(folder: string, file: string): Promise<Readonly<Record<string, unknown>>> {
  const place = path.join(folder, file);
  return existsSync(place) ? JSON.parse(await readFile(place, 'utf8')) : {};
}
