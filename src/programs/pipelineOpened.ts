// The one call in its parts: tokens, ids, embeddings, layers, one vector, two scores, probabilities, a label. Computed by
// our engine from the file's weights, held against the pipeline's answer, and priced.

import type { Engine } from '../engine/engine.ts';
import { embedding } from '../engine/ops/embedding.ts';
import { softmax } from '../engine/ops/softmax.ts';
import type { Tensor } from '../engine/tensor.ts';
import { judgedBy, LABELS, type SentimentModel } from '../model/sentiment/sentimentModel.ts';
import type { Clock } from '../shared/environment.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { loadSentiment, pipelineJudges } from './sentiment.ts';
import { fastestMs } from './timing.ts';
import { counted, many, tableValue, tokensValue } from './views.ts';

const EQUAL: TableValue['columns'] = [
  { id: 'by', label: 'computed by', type: 'text' },
  { id: 'label', label: 'label', type: 'text' },
  { id: 'score', label: 'probability', type: 'number' },
];
const PRICES: TableValue['columns'] = [
  { id: 'part', label: 'part', type: 'text' },
  { id: 'ms', label: 'ms', type: 'number' },
  { id: 'weights', label: 'weights', type: 'number' },
  { id: 'bytes', label: 'bytes', type: 'number' },
];

export const pipelineOpened = defineProgram({
  id: 'pipeline-opened',
  title: 'The same call, opened',
  session: false,
  params: {
    text: {
      type: 'text',
      label: 'Your text',
      default: 'The train was late, but the coffee was lovely.',
      maxLength: 300,
    },
  },
  async *run({ params: { text }, trace, tape, models, engine: load, clock }) {
    const engine = await load();
    const model = await loadSentiment(models, engine);
    const { classifier } = model;
    const flat = model.ids(text);
    const names = [...flat].map((id) => model.tokenizer.entry(id)?.text ?? String(id));
    const show = (tensor: Tensor, name: string, axes: string[], labels: Record<number, string[]> = {}) =>
      tape.value(tape.describe(tensor, { name, axes, labels }));
    trace.frame({
      op: 'tokens',
      label: 'Cut into tokens, and look up their ids',
      note: `${counted(flat.length - 2, 'token')} of ${many(classifier.bert.config.vocabulary)} in the vocabulary. [CLS] and [SEP] are put around them.`,
      outputs: { tokens: trace.value(tokensValue([...flat].map((id, i) => ({ text: names[i]!, id })))) },
    });
    yield;

    const steps = engine.noGrad(() => forward(engine, model, flat));
    const T = flat.length;
    const C = classifier.bert.config.channels;
    trace.frame({
      op: 'embed',
      label: 'Pick a row for each id',
      note: `${T} ids pick ${T} rows of ${C} numbers. So far a token has the same row wherever it stands.`,
      source: places.embedding,
      outputs: { rows: show(steps.rows, 'rows', ['T', 'C'], { 0: names }) },
    });
    yield;
    trace.frame({
      op: 'layers',
      label: 'Add the places, then two layers let the tokens look at one another',
      note: `First each row gets the vector of its place added. Then come the layers. The shape stays (${T}, ${C}), and each row now also says something of the others. Only here can “not” and “but” reach the words that they concern.`,
      outputs: { states: show(steps.states, 'states', ['T', 'C'], { 0: names }) },
    });
    yield;
    trace.frame({
      op: 'pool',
      label: 'Keep one vector',
      note: `Only the row of [CLS] goes on. One more matrix mixes its numbers, and tanh presses each in between −1 and 1.`,
      outputs: { first: show(steps.first, 'first', ['1', 'C']), pooled: show(steps.pooled, 'pooled', ['1', 'C']) },
    });
    yield;
    const [bad, good] = [...steps.logits.toFlat()] as [number, number];
    trace.frame({
      op: 'scores',
      label: 'A score for each label',
      note: `Two dot products: NEGATIVE gets ${decimal(bad)}, POSITIVE gets ${decimal(good)}. Such scores before the softmax are called logits.`,
      outputs: { logits: show(steps.logits, 'logits', ['1', 'label'], { 1: [...LABELS] }) },
    });
    yield;
    const probabilities = [...steps.probabilities.toFlat()];
    const ours = judgedBy(probabilities);
    trace.frame({
      op: 'softmax',
      label: 'Scores become probabilities, and the larger names the label',
      note: `The difference of the scores is ${decimal(Math.abs(good - bad))}. The softmax, e to the power of each score as a share of their sum, gives ${ours.label} ${decimal(ours.score, 4)}.`,
      source: places.softmax,
      outputs: { probabilities: show(steps.probabilities, 'probabilities', ['1', 'label'], { 1: [...LABELS] }) },
    });
    yield;

    const theirs = await pipelineJudges(models, text);
    const apart = Math.abs(theirs.score - ours.score);
    trace.frame({
      op: 'compare',
      label: 'Hold it against the one call',
      note: `${theirs.label === ours.label ? 'The same label' : 'Another label'}, and the probabilities differ by ${apart < 1e-6 ? 'less than a millionth' : apart < 1e-4 ? 'less than 0.0001' : decimal(apart, 4)}.`,
      outputs: {
        answers: trace.value(
          tableValue(EQUAL, [
            ['the parts above, on our engine', ours.label, short(ours.score)],
            ['Transformers.js, in one call', theirs.label, short(theirs.score)],
          ]),
        ),
      },
    });
    yield;

    const prices = await pricesOf(engine, model, text, clock);
    const [heaviest] = [...prices].sort((a, b) => b.weights - a.weights);
    const all = prices.reduce((sum, { weights }) => sum + weights, 0);
    const ms = prices.reduce((sum, price) => sum + price.ms, 0);
    const bytes = BYTES * all;
    trace.frame({
      op: 'price',
      label: 'What each part costs',
      note: `${many(all)} weights of ${BYTES} bytes are ${many(bytes)} bytes. Most stand in: ${heaviest?.part}. The whole took ${decimal(ms, 2)} ms on this machine.`,
      outputs: {
        prices: trace.value(
          tableValue(
            PRICES,
            prices.map(({ part, ms: time, weights }) => [
              part,
              Math.round(time * 1000) / 1000,
              weights,
              BYTES * weights,
            ]),
          ),
        ),
      },
    });
    yield;
    model.release();
  },
});

/** Of a weight. */
const BYTES = 4;

/** All that is between ids and probabilities. Its tensors live until the run is over. */
function forward(engine: Engine, { classifier }: SentimentModel, flat: Int32Array<ArrayBuffer>) {
  const ids = engine.fromData(flat, [1, flat.length]); // (1, T)
  const { channels } = classifier.bert.config;
  const rows = embedding(classifier.bert.words, engine.fromData(flat, [flat.length])); // (T, C)
  const states = classifier.bert.forward(ids); // (1, T, C)
  const first = classifier.first(states); // (1, C)
  const pooled = classifier.pool(first); // (1, C)
  const logits = classifier.scores(pooled); // (1, labels)
  const probabilities = softmax(logits); // (1, labels)
  const byToken = engine.fromData(Float32Array.from(states.toFlat()), [flat.length, channels]); // (T, C)
  return { rows, states: byToken, first, pooled, logits, probabilities };
}

interface Price {
  readonly part: string;
  readonly ms: number;
  readonly weights: number;
}

async function pricesOf(engine: Engine, model: SentimentModel, text: string, clock: Clock): Promise<Price[]> {
  const { classifier } = model;
  const count = (named: RegExp) =>
    [...classifier.parameters].filter(([name]) => named.test(name)).reduce((sum, [, { size }]) => sum + size, 0);
  const time = (work: () => void) =>
    fastestMs(clock, () => engine.noGrad(() => engine.scope(work)), { least: 40, most: 60 });
  const flat = model.ids(text);
  const states = engine.noGrad(() => classifier.bert.forward(engine.fromData(flat, [1, flat.length]))); // (1, T, C)
  return [
    { part: 'cutting into ids', ms: await time(() => void model.ids(text)), weights: 0 },
    {
      part: 'the table of token vectors',
      ms: await time(() => void embedding(classifier.bert.words, engine.fromData(flat, [flat.length]))),
      weights: count(/word_embeddings/),
    },
    {
      part: 'positions and layers',
      ms: await time(() => void classifier.bert.forward(engine.fromData(flat, [1, flat.length]))),
      weights: count(/position_|token_type_|embeddings\.LayerNorm|encoder/),
    },
    {
      part: 'one vector, scores, probabilities',
      ms: await time(() => void softmax(classifier.scores(classifier.pool(classifier.first(states))))),
      weights: count(/pooler|^classifier/),
    },
  ];
}

const short = (value: number) => Math.round(value * 1e6) / 1e6;
