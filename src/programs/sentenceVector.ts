// How a sentence becomes one vector: tokens, a vector for each, their sum or mean, length 1. And where the likeness of two
// sentences comes from, pair of tokens by pair of tokens.

import type { Engine } from '../engine/engine.ts';
import type { TraceRecorder } from '../engine/record.ts';
import type { Embedder } from '../retrieval/embedder.ts';
import { product, toUnit } from '../retrieval/pooling.ts';
import { StaticModel } from '../retrieval/staticModel.ts';
import { lengthOf } from '../retrieval/vectors/quantise.ts';
import type { TableValue } from '../shared/trace.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { decimal } from './decimal.ts';
import type { ProgramModels } from './models.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { CLAUSE_TEXTS } from './tenancy.ts';
import { chosenModel, modelParam } from './tenancySearch.ts';
import { counted, tableValue, tokensValue } from './views.ts';

const WEIGHTS: TableValue['columns'] = [
  { id: 'token', label: 'token', type: 'piece' },
  { id: 'length', label: 'length of its vector', type: 'number' },
];
const PAIRS: TableValue['columns'] = [
  { id: 'first', label: 'of yours', type: 'piece' },
  { id: 'second', label: 'of the other', type: 'piece' },
  { id: 'adds', label: 'adds', type: 'number' },
];
const SHOWN_PAIRS = 6;
/** BERT's ids of the signs that stand around each text. */
const [CLS, SEP] = [101, 102];

export const sentenceVector = defineProgram({
  id: 'sentence-vector',
  title: 'From a sentence to one direction',
  session: false,
  params: {
    text: { type: 'text', label: 'Your sentence', default: 'feline pets', maxLength: 200 },
    other: { type: 'text', label: 'Another one', default: CLAUSE_TEXTS[3]!, maxLength: 200 },
    model: modelParam,
  },
  async *run({ params: { text, other, model }, trace, tape, models, tokenizer, engine: load }) {
    const engine = await load();
    const { embedder, instead } = await chosenModel(models, model);
    const bert = await tokenizer('bert-base-uncased');
    const isTable = embedder instanceof StaticModel;
    const yours = await tokenVectors(embedder, models, bert, text);
    const theirs = await tokenVectors(embedder, models, bert, other);
    trace.frame({
      op: 'tokens',
      label: 'Cut into tokens',
      note: `${instead === undefined ? '' : `${instead} `}${counted(yours.names.length, 'token')} of BERT’s vocabulary, small letters only. The signs ## say: this piece continues a word.${isTable ? '' : ' [CLS] and [SEP] are put around them.'}`,
      outputs: { tokens: trace.value(tokensValue(yours.ids.map((id, i) => ({ text: yours.names[i]!, id })))) },
    });
    yield;
    if (yours.rows.length === 0 || theirs.rows.length === 0) {
      trace.frame({
        op: 'nothing',
        label: 'Nothing to look up',
        note: 'One of the two sentences has no token, so it has no direction.',
      });
      yield;
      return;
    }

    const C = embedder.dimensions;
    const lengths = yours.rows.map(lengthOf);
    const heaviest = lengths.indexOf(Math.max(...lengths));
    trace.frame({
      op: 'look-up',
      label: isTable ? 'Look up their vectors' : 'Six layers make vectors',
      note: isTable
        ? `One row of a table for each token: ${yours.rows.length} rows of ${C} numbers. The length of a row is how much its token counts; “${yours.names[heaviest]}” counts the most.`
        : `Each token’s vector goes through six transformer layers, in which the tokens look at one another: ${yours.rows.length} rows of ${C} numbers.`,
      ...(isTable && { source: places.tokenVector }),
      outputs: {
        rows: matrix(engine, tape, 'rows', yours),
        weights: trace.value(
          tableValue(
            WEIGHTS,
            yours.names.map((name, i) => [name, short(lengths[i]!)]),
            [{ row: heaviest, role: 'chosen' }],
          ),
        ),
      },
    });
    yield;

    const [pooled, otherPooled] = [sumOf(yours.rows, isTable), sumOf(theirs.rows, isTable)];
    trace.frame({
      op: 'pool',
      label: isTable ? 'Add them up' : 'Take their mean',
      note: `Column by column: ${yours.rows.length} numbers become one. What is left is one row of ${C}, and its length is ${decimal(lengthOf(pooled))}.`,
      outputs: { pooled: vector(engine, tape, 'pooled', pooled) },
    });
    yield;

    const [unit, otherUnit] = [toUnit(pooled.slice()), toUnit(otherPooled.slice())];
    trace.frame({
      op: 'normalise',
      label: 'Give it the length 1',
      note: 'Each number is divided by the length that the sum had. What is left is a direction.',
      source: places.toUnit,
      outputs: { vector: vector(engine, tape, 'vector', unit) },
    });
    yield;

    const cosine = product(unit, otherUnit);
    const scale = lengthOf(pooled) * lengthOf(otherPooled);
    const share = isTable ? 1 : 1 / (yours.rows.length * theirs.rows.length);
    const adds = yours.rows.map((row) =>
      theirs.rows.map((column) => (scale === 0 ? 0 : (product(row, column) * share) / scale)),
    ); // (T, T')
    const pairs = adds
      .flatMap((row, i) => row.map((value, j) => ({ i, j, value })))
      .sort((a, b) => b.value - a.value)
      .slice(0, SHOWN_PAIRS);
    const [top] = pairs;
    const tensor = engine.tensor(adds); // (T, T')
    tape.describe(tensor, { name: 'adds', axes: ['T', 'T′'], labels: { 0: yours.names, 1: theirs.names } });
    trace.frame({
      op: 'compare',
      label: 'Compare directions',
      note: `The cosine is ${decimal(cosine, 3)}. It is the sum of all cells of the table: one for each pair of tokens. The largest is “${yours.names[top!.i]}” with “${theirs.names[top!.j]}”, ${decimal(top!.value, 3)}.`,
      formula: 'cosine(a, b) = sum of a[c] * b[c], where both have length 1',
      source: places.product,
      outputs: {
        cosine: trace.value({ kind: 'scalar', value: short(cosine) }),
        adds: tape.value(tensor),
        pairs: trace.value(
          tableValue(
            PAIRS,
            pairs.map(({ i, j, value }) => [yours.names[i]!, theirs.names[j]!, short(value)]),
          ),
        ),
      },
    });
    yield;
  },
});

interface Rows {
  readonly ids: readonly number[];
  readonly names: readonly string[];
  /** (T, C) */
  readonly rows: readonly Float32Array[];
}

/** A text's tokens, and a vector for each: out of the static model's table, or out of a transformer's last layer. */
async function tokenVectors(embedder: Embedder, models: ProgramModels, bert: Tokenizer, text: string): Promise<Rows> {
  const ids = [...embedder.tokens(text).ids];
  const names = ids.map((id) => bert.entry(id)?.text ?? String(id));
  if (embedder instanceof StaticModel) {
    const none = new Float32Array(embedder.dimensions);
    return { ids, names, rows: ids.map((id) => embedder.tokenVector(id) ?? none) };
  }
  if (ids.length === 0) {
    return { ids, names, rows: [] };
  }
  const states = (await models.pipeline('feature-extraction', 'minilm', text, { pooling: 'none' })) as number[][][];
  const rows = states[0]!.map((row) => Float32Array.from(row));
  const all = [CLS, ...ids, SEP];
  // Rare characters are cut otherwise there: the tokens are then only numbered.
  const known = all.length === rows.length;
  return {
    ids: known ? all : rows.map((_, i) => i),
    names: known ? ['[CLS]', ...names, '[SEP]'] : rows.map((_, i) => `token ${i + 1}`),
    rows,
  };
}

/** (T, C) makes (C,): the sum, or the mean. */
function sumOf(rows: readonly Float32Array[], isSum: boolean): Float32Array {
  const total = new Float64Array(rows[0]!.length);
  for (const row of rows) {
    for (let c = 0; c < total.length; c++) {
      total[c]! += row[c]! / (isSum ? 1 : rows.length);
    }
  }
  return Float32Array.from(total);
}

function matrix(engine: Engine, tape: TraceRecorder, name: string, { rows, names }: Rows) {
  const tensor = engine.tensor(rows.map((row) => [...row])); // (T, C)
  return tape.value(tape.describe(tensor, { name, axes: ['T', 'C'], labels: { 0: names } }));
}

function vector(engine: Engine, tape: TraceRecorder, name: string, values: Float32Array) {
  return tape.value(tape.describe(engine.tensor([...values]), { name, axes: ['C'] }));
}

const short = (value: number) => Math.round(value * 1000) / 1000;
