// The encoder against transformers' own BERT: a tiny one with random weights, and all-MiniLM-L6-v2 where it is at hand
// (INSIDE_LLMS_MINILM names a folder with model.safetensors and config.json).

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SafetensorsFile, writeSafetensors } from '../../../../src/formats/safetensors.ts';
import { Bert } from '../../../../src/model/encoder/bert.ts';
import { bertConfigOf, loadBert } from '../../../../src/model/encoder/bertFile.ts';
import { meanPooled, unitRows } from '../../../../src/retrieval/pooling.ts';
import { packagedPieces } from '../../../../src/services/buildPieceVocabularies.ts';
import { tokenizerOf } from '../../../../src/tokenizers/pipeline.ts';
import { bertUncased } from '../../../../src/tokenizers/publishedPieces.ts';
import { backends, engineOn } from '../../../gradients/backends.ts';
import { faultOf } from '../../engine/faultOf.ts';

const fixtures = new URL('../../../fixtures/encoder/', import.meta.url);
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, fixtures)));
const { config, texts } = JSON.parse(readFileSync(new URL('tiny-bert.json', fixtures), 'utf8')) as {
  config: Record<string, unknown>;
  texts: { ids: number[]; last: number[]; pooled: number[] }[];
};
const tiny = bertConfigOf(JSON.stringify(config), 'config.json');
const weights = new SafetensorsFile(bytesOf('tiny-bert.safetensors'), 'tiny-bert.safetensors');

/** The largest difference. */
function apart(got: ArrayLike<number>, wanted: readonly number[]): number {
  expect(got).toHaveLength(wanted.length);
  return Math.max(...wanted.map((value, i) => Math.abs(value - got[i]!)));
}

describe.each(backends)('as BertModel of transformers on $name', (backend) => {
  test('every text, fused and from parts', () => {
    expect(texts.length).toBeGreaterThanOrEqual(20);
    const engine = engineOn(backend);
    const bert = loadBert(engine, tiny, weights, 'tiny-bert');
    for (const fused of [true, false]) {
      bert.mode.fused = fused;
      for (const { ids, last, pooled } of texts) {
        engine.scope(() => {
          const states = bert.forward(engine.tensor([ids], { dtype: 'i32' })); // (1, T, C)
          expect(states.shape).toEqual([1, ids.length, tiny.channels]);
          const flat = states.toFlat();
          expect(apart(flat.subarray(flat.length - tiny.channels), last)).toBeLessThan(2e-5);
          expect(apart(unitRows(meanPooled(states)).toFlat(), pooled)).toBeLessThan(2e-6);
        });
      }
    }
    bert.release();
    expect(engine.memory.inUse).toBe(0);
  });
});

const engine = engineOn(backends[0]);

test('a batch of texts of one length is each of them alone', () => {
  const bert = loadBert(engine, tiny, weights, 'tiny-bert');
  const [a, b] = [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ];
  const both = bert.forward(engine.tensor([a, b], { dtype: 'i32' })).toFlat();
  const alone = [a, b].flatMap((ids) => [...bert.forward(engine.tensor([ids], { dtype: 'i32' })).toFlat()]);
  expect(apart(both, alone)).toBeLessThan(1e-6);
});

test('says what it can not take', () => {
  const bert = loadBert(engine, tiny, weights, 'tiny-bert');
  const long = engine.zeros([1, 33], { dtype: 'i32' });
  expect(faultOf(() => bert.forward(long)).message).toContain('T up to 32');
  expect(faultOf(() => bert.forward(engine.zeros([4], { dtype: 'i32' }))).code).toBe('bad-input');
  expect(faultOf(() => bert.forward(engine.tensor([[40]], { dtype: 'i32' }))).code).toBe('bad-input');
});

describe('files', () => {
  test.each([
    ['{', 'no configuration'],
    [JSON.stringify({ ...config, model_type: 'gpt2' }), 'model_type'],
    [JSON.stringify({ ...config, hidden_act: 'relu' }), 'hidden_act'],
    [JSON.stringify({ ...config, num_attention_heads: 5 }), "can't be cut into 5 heads"],
    [JSON.stringify({ ...config, vocab_size: 1e12 }), 'vocab_size'],
  ])('a configuration such as %.40s is refused', (json, why) => {
    const fault = faultOf(() => bertConfigOf(json, 'config.json'));
    expect(fault.code).toBe('bad-input');
    expect(fault.message).toContain(why);
  });

  test('a weight that is missing or has another shape is named, and nothing stays in memory', () => {
    const fresh = engineOn(backends[0]);
    const tensors = weights.names.map((name) => [name, weights.shapeOf(name)] as const);
    const small = tensors.filter(([name]) => name !== 'embeddings.position_ids');
    const without = (missing: string) =>
      new SafetensorsFile(
        writeSafetensors(small.filter(([name]) => name !== missing).map(([name]) => [name, weights.tensor(name)])),
        'cut',
      );
    const last = 'encoder.layer.1.output.LayerNorm.bias';
    expect(faultOf(() => loadBert(fresh, tiny, without(last), 'cut')).message).toContain(last);
    expect(fresh.memory.inUse).toBe(0);
    const wide = faultOf(() => loadBert(fresh, { ...tiny, hidden: 50 }, weights, 'tiny-bert'));
    expect(wide.message).toContain('is (48, 24) and should be (50, 24)');
    expect(fresh.memory.inUse).toBe(0);
  });

  test('it is made of all weights of the file but the pooler, which finds no use here', () => {
    const asked: string[] = [];
    new Bert(engine, tiny, (name, shape) => {
      asked.push(name);
      return engine.zeros(shape);
    });
    const used = weights.names.filter((name) => !name.startsWith('pooler.') && name !== 'embeddings.position_ids');
    expect(asked.sort()).toEqual(used.sort());
  });
});

const minilm = process.env.INSIDE_LLMS_MINILM ?? '';
test.skipIf(!existsSync(path.join(minilm, 'model.safetensors')))(
  'all-MiniLM-L6-v2 makes the vector that its authors publish (needs INSIDE_LLMS_MINILM)',
  async () => {
    const bytes = new Uint8Array(readFileSync(path.join(minilm, 'model.safetensors')));
    const real = bertConfigOf(readFileSync(path.join(minilm, 'config.json'), 'utf8'), 'config.json');
    const wasm = engineOn(backends[1]!);
    const bert = loadBert(wasm, real, new SafetensorsFile(bytes, 'model.safetensors'), 'model.safetensors');
    const tokenizer = tokenizerOf(bertUncased((await packagedPieces('bert-base-uncased')).pieces));
    const { ids } = tokenizer.encode('[CLS]This is an example sentence[SEP]', { specialTokens: true });
    const vector = unitRows(meanPooled(bert.forward(wasm.tensor([[...ids]], { dtype: 'i32' })))).toFlat();
    expect(apart(vector.subarray(0, 3), [0.0676569, 0.0634959, 0.0487131])).toBeLessThan(1e-5);
  },
);
