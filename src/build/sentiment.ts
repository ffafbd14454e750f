// npm run sentiment: trains media/models/tiny-sentiment, the classifier that ships, from nothing but our own sentences,
// and says how good it is. Takes a minute or two; the same tree gives the same files on the same kind of machine.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Engine } from '../engine/engine.ts';
import { bestKernels } from '../engine/kernels/wasm.ts';
import { bertClassifier } from '../formats/onnx/bertClassifier.ts';
import { writeOnnx } from '../formats/onnx/writeOnnx.ts';
import { SafetensorsFile, writeSafetensors } from '../formats/safetensors.ts';
import { writeTokenizerJson } from '../formats/tokenizerJson.ts';
import { measureSentiment, testReviews, trainingReviews } from '../model/sentiment/measure.ts';
import { SentimentModel } from '../model/sentiment/sentimentModel.ts';
import { TINY_SENTIMENT } from '../services/models/knownModels.ts';
import { writeList } from '../services/models/modelFolder.ts';
import { tokenizerOf } from '../tokenizers/pipeline.ts';
import { compiledKernels } from './kernels.ts';
import { inRoot } from './paths.ts';
import { SIZES, trainPieces, trainSentiment } from './sentimentTraining.ts';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const out = values.out ?? inRoot('media/models', TINY_SENTIMENT);

const training = trainingReviews();
const definition = trainPieces(training);
const { pieces } = definition.model as { readonly pieces: readonly string[] };
const tokenizer = tokenizerOf(definition);
const idOf = (piece: string) => pieces.indexOf(piece);
const [cls, sep] = [idOf('[CLS]'), idOf('[SEP]')];
const encode = (text: string) => Int32Array.of(cls, ...tokenizer.encode(text).ids.slice(0, SIZES.positions - 2), sep);

const engine = new Engine(await bestKernels(compiledKernels));
const model = trainSentiment(engine, pieces.length, training, encode, idOf('[UNK]'), (step, loss) =>
  console.error(`step ${step}: loss ${loss.toFixed(4)}`),
);

const config = {
  architectures: ['BertForSequenceClassification'],
  model_type: 'bert',
  hidden_act: 'gelu',
  vocab_size: pieces.length,
  hidden_size: SIZES.channels,
  num_hidden_layers: SIZES.layers,
  num_attention_heads: SIZES.heads,
  intermediate_size: SIZES.hidden,
  max_position_embeddings: SIZES.positions,
  type_vocab_size: SIZES.segments,
  layer_norm_eps: SIZES.epsilon,
  hidden_dropout_prob: 0,
  attention_probs_dropout_prob: 0,
  pad_token_id: idOf('[PAD]'),
  problem_type: 'single_label_classification',
  id2label: { 0: 'NEGATIVE', 1: 'POSITIVE' },
  label2id: { NEGATIVE: 0, POSITIVE: 1 },
};
const special = (token: string, id: number) => [token, { id: token, ids: [id], tokens: [token] }] as const;
const tokenizerFile = {
  ...JSON.parse(writeTokenizerJson(definition)),
  post_processor: {
    type: 'TemplateProcessing',
    single: [
      { SpecialToken: { id: '[CLS]', type_id: 0 } },
      { Sequence: { id: 'A', type_id: 0 } },
      { SpecialToken: { id: '[SEP]', type_id: 0 } },
    ],
    pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
    special_tokens: Object.fromEntries([special('[CLS]', cls), special('[SEP]', sep)]),
  },
};
const tokenizerConfig = {
  tokenizer_class: 'BertTokenizer',
  do_lower_case: true,
  model_max_length: SIZES.positions,
  pad_token: '[PAD]',
  unk_token: '[UNK]',
  cls_token: '[CLS]',
  sep_token: '[SEP]',
  mask_token: '[MASK]',
};
const weights = writeSafetensors(
  [...model.parameters].map(([name, tensor]) => [
    name,
    { shape: tensor.shape, data: Float32Array.from(tensor.toFlat()) },
  ]),
  { format: 'pt' },
);
const stored = new SafetensorsFile(weights, 'model.safetensors');
const json = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
const files = {
  'config.json': json(config),
  'tokenizer.json': json(tokenizerFile),
  'tokenizer_config.json': json(tokenizerConfig),
  'model.safetensors': weights,
  'onnx/model.onnx': writeOnnx(bertClassifier((name) => stored.tensor(name), config, 2)),
};
await rm(path.join(out, 'onnx'), { recursive: true, force: true });
await mkdir(path.join(out, 'onnx'), { recursive: true });
for (const [name, content] of Object.entries(files)) {
  await writeFile(path.join(out, name), content);
}
await writeList(out, Object.keys(files), { source: 'made by npm run sentiment', licence: 'MIT' });

const sentiment = new SentimentModel(engine, files);
console.log(JSON.stringify(measureSentiment(sentiment, training, testReviews()), null, 2));
process.exit(0); // the kernels' threads are not waited for
