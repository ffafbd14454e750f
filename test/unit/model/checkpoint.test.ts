// Models saved and loaded, by names and in a layout that other tools know; files that don't fit.

import { expect, test } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import type { Nested } from '../../../src/engine/tensor.ts';
import { SafetensorsFile, type StoredTensor, writeSafetensors } from '../../../src/formats/safetensors.ts';
import { CharacterVocabulary } from '../../../src/model/characters.ts';
import { loadParameters, saveParameters } from '../../../src/model/checkpoint.ts';
import { Gpt, type GptConfig } from '../../../src/model/gpt.ts';
import { loadGpt, saveGpt } from '../../../src/model/gptFile.ts';
import { normal } from '../../../src/model/initialise.ts';
import { Parameters } from '../../../src/model/parameters.ts';
import { TokenizerVocabulary } from '../../../src/model/textVocabulary.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { faultOf } from '../engine/faultOf.ts';
import { fixture, fixtureBytes } from './fixtures.ts';

const config: GptConfig = {
  vocabulary: 4,
  context: 5,
  layers: 2,
  heads: 2,
  channels: 6,
  bias: true,
  dropout: 0.25,
  tied: false,
};
const engine = new Engine(referenceKernels());
const ids = engine.tensor([[0, 3, 1, 2]], { dtype: 'i32' });

test('a GPT comes back as it was, with its configuration and its characters', () => {
  const gpt = new Gpt(engine, config, seededRandom(5));
  const before = engine.memory.inUse;
  const bytes = saveGpt(gpt, new CharacterVocabulary(['\n', '"', 'é', '🤗']));
  const { model, vocabulary } = loadGpt(engine, bytes, 'gpt.safetensors');
  expect(model.config).toEqual(config);
  expect(vocabulary).toEqual(new CharacterVocabulary(['\n', '"', 'é', '🤗']));
  expect(model.logits(ids).toFlat()).toEqual(gpt.logits(ids).toFlat());
  expect(saveGpt(model, vocabulary)).toEqual(bytes);
  expect(loadGpt(engine, saveGpt(gpt), 'x').vocabulary).toBeUndefined();
  expect(engine.memory.inUse).toBeGreaterThan(before);
});

test('a GPT comes back with the tokenizer that it was trained with, unless that is of other ids', () => {
  const file = JSON.stringify({
    version: '1.0',
    added_tokens: [],
    pre_tokenizer: { type: 'Whitespace' },
    model: { type: 'WordLevel', vocab: { '<unk>': 0, low: 1, lower: 2, new: 3 }, unk_token: '<unk>' },
  });
  const bytes = saveGpt(new Gpt(engine, config, seededRandom(5)), new TokenizerVocabulary(file, 'words.json'));
  const { model, vocabulary } = loadGpt(engine, bytes, 'gpt.safetensors');
  expect(Array.from(vocabulary!.encode('lower low high'))).toEqual([2, 1, 0]);
  expect(vocabulary!.size).toBe(config.vocabulary);
  expect(saveGpt(model, vocabulary)).toEqual(bytes);
  const larger = saveParameters(model.parameters, {
    config: JSON.stringify(config),
    tokenizer: file.replace('3}', '4}'),
  });
  expect(faultOf(() => loadGpt(engine, larger, 'x')).message).toBe('The tokenizer in x has 5 ids, and the model 4.');
  const broken = saveParameters(model.parameters, { config: JSON.stringify(config), tokenizer: '{' });
  expect(faultOf(() => loadGpt(engine, broken, 'x')).message).toContain('the tokenizer in the metadata of x');
});

test('transformers loads a file of ours into its GPT-2, and computes the same', () => {
  const bytes = fixtureBytes('gpt-saved.safetensors');
  const theirs = JSON.parse(Buffer.from(fixtureBytes('gpt-saved.json')).toString()) as {
    ids: number[][];
    logits: Nested;
  };
  const { model, vocabulary } = loadGpt(engine, bytes, 'gpt-saved');
  expect(saveGpt(model, vocabulary)).toEqual(bytes);
  const logits = model.logits(engine.tensor(theirs.ids, { dtype: 'i32' })).toFlat();
  const wanted = engine.tensor(theirs.logits).toFlat();
  wanted.forEach((logit, i) => {
    expect(logits[i]).toBeCloseTo(logit, 5);
  });
});

test("the file has the names and the shapes of transformers' GPT-2, and says that it is for PyTorch", () => {
  const theirs = fixture('gpt-biased-untied.safetensors');
  const names = theirs.names.filter((name) => name.startsWith('parameter/'));
  const same = { ...config, vocabulary: 11, context: 8, heads: 3, channels: 12 };
  const ours = new SafetensorsFile(saveGpt(new Gpt(engine, same, seededRandom(1))), 'ours');
  expect(ours.names.toSorted()).toEqual(names.map((name) => name.slice('parameter/'.length)).toSorted());
  for (const name of names) {
    expect(ours.shapeOf(name.slice('parameter/'.length))).toEqual(theirs.shapeOf(name));
  }
  expect(ours.metadata.format).toBe('pt');
});

test('what is missing, what nobody knows and what has another shape is named, and nothing is changed', () => {
  const parameters = new Parameters(engine, seededRandom(1));
  for (const name of ['a', 'b', 'c']) {
    parameters.make(name, [2, 3], normal(1));
  }
  const before = saveParameters(parameters);
  const tensors: [string, StoredTensor][] = [
    ['a', { shape: [2, 3], data: new Float32Array(6) }],
    ['b', { shape: [3, 2], data: new Float32Array(6) }],
    ['d', { shape: [], data: new Float32Array(1) }],
  ];
  const { code, message } = faultOf(() =>
    loadParameters(parameters, new SafetensorsFile(writeSafetensors(tensors), 'x'), 'x'),
  );
  expect(code).toBe('bad-input');
  expect(message).toBe(
    "x doesn't fit the model: missing: c; unexpected: d; of another shape: b is (3, 2) and should be (2, 3).",
  );
  expect(saveParameters(parameters)).toEqual(before);
});

test('long lists of names are cut', () => {
  const gpt = new Gpt(engine, config, seededRandom(5));
  const { message } = faultOf(() =>
    loadParameters(gpt.parameters, new SafetensorsFile(writeSafetensors([]), 'x'), 'x'),
  );
  expect(message).toContain('missing: transformer.wte.weight, transformer.wpe.weight, transformer.h.0.ln_1.weight');
  expect(message).toContain(`and ${[...gpt.parameters].length - 8} more`);
});

test('whole numbers are no parameters', () => {
  const parameters = new Parameters(engine, seededRandom(1));
  parameters.make('a', [1], normal(1));
  const file = new SafetensorsFile(writeSafetensors([['a', { shape: [1], data: Int32Array.of(1) }]]), 'x');
  expect(faultOf(() => loadParameters(parameters, file, 'x')).message).toContain('a holds whole numbers');
});

test.each([
  [{}, 'which GPT'],
  [{ config: '{' }, 'which GPT'],
  [{ config: 'null' }, 'which GPT'],
  [{ config: '{"vocabulary": 4}' }, 'which GPT'],
  [{ config: JSON.stringify({ ...config, vocabulary: 1e12 }) }, 'which GPT'],
  [{ config: JSON.stringify({ ...config, heads: 4 }) }, 'heads'],
  [{ config: JSON.stringify({ ...config, channels: 8 }) }, 'of another shape'],
  [{ config: JSON.stringify(config), characters: '["a"]' }, 'characters'],
  [{ config: JSON.stringify(config), characters: '[1, 2, 3, 4]' }, 'characters'],
])('metadata %o is refused, and nothing is left in memory', (metadata, what) => {
  const bytes = saveParameters(new Gpt(engine, config, seededRandom(5)).parameters);
  const file = new SafetensorsFile(bytes, 'x');
  const other = writeSafetensors(
    file.names.map((name) => [name, file.tensor(name)]),
    metadata,
  );
  const before = engine.memory.inUse;
  expect(faultOf(() => loadGpt(engine, other, 'x')).message).toContain(what);
  expect(engine.memory.inUse).toBe(before);
});
