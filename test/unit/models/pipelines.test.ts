// Pipelines and generation as the product runs them, over models small enough to know what they have to say; and models
// whose files are broken.

import { mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBertOnnx } from '../../../src/services/models/bertFiles.ts';
import { loadRealModels } from '../../../src/services/models/load.ts';
import { writeList } from '../../../src/services/models/modelFolder.ts';
import type { ChatMessage, RealModels, TextGenerator } from '../../../src/services/models/realModels.ts';
import { neverCancelled } from '../../../src/shared/environment.ts';
import { makeModelsBundle, writeTinyBert } from './support.ts';
import { classifierFiles, LABELS, scoresOf, writeClassifier } from './tinyClassifier.ts';
import { counterFiles, writeCounter } from './tinyCounter.ts';

let root: string;
let models: RealModels;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'inside-llms-'));
  await makeModelsBundle(path.join(root, 'dist'));
  await writeCounter(folderOf('counter'));
  await list('counter', counterFiles);
  await writeClassifier(folderOf('classifier'));
  await list('classifier', classifierFiles);
  models = await loadRealModels({ dist: path.join(root, 'dist'), cache: path.join(root, 'cache'), threads: 1 });
}, 120_000);

afterAll(async () => {
  await models?.dispose();
  await rm(root, { recursive: true, force: true });
});

describe('a generator', () => {
  it('writes the prompt by the model’s template, and counts its tokens', async () => {
    const generator = await models.generator('tests/counter');
    expect(generator.promptOf([...asked('nine'), { role: 'assistant', content: 'ten' }])).toBe('nine ten ');
    expect(generator.countTokens('nine ten x')).toBe(3);
    expect(generator.contextWindow).toBe(64);
  });

  it('is counted for from its small files alone: its graph is not even read', async () => {
    await writeCounter(folderOf('counted'));
    await list('counted', counterFiles);
    const graph = path.join(folderOf('counted'), 'onnx/model_quantized.onnx');
    await writeFile(graph, Buffer.alloc((await stat(graph)).size, 7));
    const counter = await models.counter('tests/counted');
    expect(counter).toMatchObject({ label: 'counted', contextWindow: 64 });
    expect(counter.countTokens('nine ten x')).toBe(3);
    expect(counter.promptOf(asked('nine'))).toBe('nine ');
    await expect(models.generator('tests/counted')).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('model_quantized.onnx'),
    });
    await truncate(path.join(folderOf('counted'), 'tokenizer.json'), 100);
    await expect(models.counter('tests/counted')).resolves.toBe(counter); // it has been read
    await expect(models.counter('tests/absent')).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('answers piece by piece, to the end', async () => {
    const generator = await models.generator('tests/counter');
    const pieces = await answer(generator, asked('nine'));
    expect(words(pieces)).toEqual(['ten', 'eleven', 'twelve', 'thirteen', 'fourteen']);
    expect(pieces.length).toBeGreaterThan(1);
  });

  it('remembers at each step what it read before', async () => {
    const generator = await models.generator('tests/counter');
    expect(words(await answer(generator, asked('x nine')))).toEqual(['eleven', 'thirteen']);
    expect(words(await answer(generator, asked('x one')))).toEqual('three five seven nine eleven thirteen'.split(' '));
  });

  it('stops after as many tokens as are wanted, and when it is cancelled', async () => {
    const generator = await models.generator('tests/counter');
    expect(words(await answer(generator, asked('one'), { maxTokens: 3 }))).toEqual(['two', 'three', 'four']);
    const signal = { cancelled: false };
    const running = generator.generate(asked('one'), { maxTokens: 40, temperature: 0, signal });
    expect((await running.next()).done).toBe(false);
    signal.cancelled = true;
    await expect(running.next()).rejects.toMatchObject({ code: 'cancelled' });
    expect(words(await answer(generator, asked('twelve')))).toEqual(['thirteen', 'fourteen']);
  });

  it('leaves nothing running behind when nobody reads on', async () => {
    const generator = await models.generator('tests/counter');
    for await (const piece of generator.generate(asked('one'), all)) {
      expect(piece).toContain('two');
      break;
    }
    expect(words(await answer(generator, asked('twelve')))).toEqual(['thirteen', 'fourteen']);
  });
});

describe('a pipeline', () => {
  it('classifies as its head over the first token’s state says', async () => {
    for (const text of ['red apple', 'a green tree', 'trees']) {
      const answers = await models.run('text-classification', 'tests/classifier', text, { top_k: 2 });
      const options = { pooling: 'cls' };
      const [state] = (await models.run('feature-extraction', 'tests/classifier', text, options)) as number[][];
      const expected = scoresOf(state as number[]);
      for (const { label, score } of answers as { label: string; score: number }[]) {
        expect(score).toBeCloseTo(expected[LABELS.indexOf(label)] as number, 4);
      }
      expect(answers).toHaveLength(2);
    }
  });

  it('asks of each label that it is given', async () => {
    const labels = ['red', 'green', 'tree'];
    const answer = await models.run('zero-shot-classification', 'tests/classifier', 'a red apple', { labels });
    const { labels: found, scores } = answer as { labels: string[]; scores: number[] };
    expect([...found].sort()).toEqual([...labels].sort());
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 5);
  });
});

describe('a model whose file is broken is refused by the file’s name, and others still run:', () => {
  const breakages: readonly [file: string, breakIt: (place: string) => Promise<void>][] = [
    ['onnx/model_quantized.onnx', (place) => truncate(place, 3000)],
    ['onnx/model_quantized.onnx', (place) => writeFile(place, 'this is no graph')],
    ['onnx/model_quantized.onnx', (place) => truncate(place, 0)],
    ['config.json', (place) => truncate(place, 20)],
    ['tokenizer.json', (place) => truncate(place, 100)],
    ['tokenizer.json', (place) => writeFile(place, '{"model":{"type":"Wishful"}}')],
    ['tokenizer_config.json', (place) => writeFile(place, '[')],
  ];

  it.each(breakages.map(([file, breakIt], index) => ({ file, breakIt, index })))(
    '$index: $file',
    async ({ file, breakIt, index }) => {
      for (const [kind, open] of [
        ['bert', (id: string) => models.embedder(id)],
        ['classifier', (id: string) => models.run('text-classification', id, 'a', {})],
        ['counter', (id: string) => models.generator(id)],
      ] as const) {
        const name = `broken-${kind}-${index}`;
        await makeModel(kind, name);
        await breakIt(path.join(folderOf(name), file));
        await list(name, classifierFiles);
        const opening = open(`tests/${name}`);
        await expect(opening, kind).rejects.toMatchObject({
          code: 'bad-input',
          message: expect.stringContaining(file),
        });
      }
      expect(words(await answer(await models.generator('tests/counter'), asked('thirteen')))).toEqual(['fourteen']);
    },
  );
});

async function makeModel(kind: 'bert' | 'classifier' | 'counter', name: string): Promise<void> {
  if (kind === 'counter') {
    await writeCounter(folderOf(name));
  } else if (kind === 'classifier') {
    await writeClassifier(folderOf(name));
  } else {
    await writeTinyBert(folderOf(name));
    await writeBertOnnx(folderOf(name), path.join(folderOf(name), 'model.safetensors'), 'q8');
  }
}

const all = { maxTokens: 40, temperature: 0, signal: neverCancelled };

async function answer(
  generator: TextGenerator,
  messages: readonly ChatMessage[],
  options: Partial<typeof all> = {},
): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of generator.generate(messages, { ...all, ...options })) {
    pieces.push(piece);
  }
  return pieces;
}

function asked(content: string): ChatMessage[] {
  return [{ role: 'user', content }];
}

function words(pieces: readonly string[]): string[] {
  return pieces
    .join('')
    .split(/\s+/)
    .filter((word) => word !== '');
}

function folderOf(name: string): string {
  return path.join(root, 'cache', `tests--${name}`);
}

async function list(name: string, files: readonly string[]): Promise<void> {
  await writeList(folderOf(name), files, { source: `tests/${name}`, licence: 'none' });
}
