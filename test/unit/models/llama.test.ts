// Generation as the product runs it over a whole Llama, offline: what it says is what PyTorch says, token by token, with
// the tokenizer and the chat template of its folder.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadRealModels } from '../../../src/services/models/load.ts';
import { writeList } from '../../../src/services/models/modelFolder.ts';
import type { RealModels, RealModelsOptions } from '../../../src/services/models/realModels.ts';
import { neverCancelled } from '../../../src/shared/environment.ts';
import { ModelHub } from '../../webview/modelHub.ts';
import { llamaFiles, llamaFixture, writeLlama } from '../../webview/tinyLlama.ts';
import { makeModelsBundle } from './support.ts';

const NAME = 'tests/llama';
let root: string;
let models: RealModels;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'inside-llms-'));
  await makeModelsBundle(path.join(root, 'dist'));
  const folder = path.join(root, 'cache/tests--llama');
  await writeLlama(folder);
  await writeList(folder, llamaFiles, { source: NAME, licence: 'none' });
  models = await loadRealModels({ dist: path.join(root, 'dist'), cache: path.join(root, 'cache'), threads: 1 });
}, 120_000);

afterAll(async () => {
  await models?.dispose();
  await rm(root, { recursive: true, force: true });
});

it('says token by token what PyTorch says', async () => {
  for (const { prompt, answer } of (await llamaFixture()).answers) {
    const text = (await models.run('text-generation', NAME, prompt, {
      ...{ max_new_tokens: answer.length, do_sample: false, return_full_text: false },
    })) as { generated_text: string }[];
    expect(text[0]?.generated_text, prompt).toBe(Buffer.from(answer).toString());
  }
});

it('is asked through its chat template, and answers piece by piece', async () => {
  const generator = await models.generator(NAME);
  const messages = [{ role: 'user', content: 'Why [1]?' }] as const;
  const prompt = generator.promptOf(messages);
  expect(prompt).toBe('<|im_start|>user\nWhy [1]?<|im_end|>\n<|im_start|>assistant\n');
  // Three marks, and a token a byte.
  expect(generator.countTokens(prompt)).toBe(3 + prompt.replaceAll(/<\|[a-z_]+\|>/g, '').length);
  const pieces: string[] = [];
  const options = { maxTokens: 40, temperature: 0, signal: neverCancelled };
  for await (const piece of generator.generate(messages, options)) {
    pieces.push(piece);
  }
  expect(pieces.join('')).toMatch(/^[a-z ]{40}$/);
  expect(pieces.length).toBeGreaterThan(1);
  expect(generator.contextWindow).toBe(8192);
});

it('reads a long prompt part by part, to the same answer, and others have their turns meanwhile', async () => {
  const generator = await models.generator(NAME);
  const content = 'It waits, and tries again. '.repeat(30);
  const messages = [{ role: 'user', content }] as const;
  let [turns, over] = [0, false];
  const count = () => {
    turns += 1;
    if (!over) {
      setImmediate(count);
    }
  };
  setImmediate(count);
  let text = '';
  for await (const piece of generator.generate(messages, { maxTokens: 20, temperature: 0, signal: neverCancelled })) {
    text += piece;
  }
  over = true;
  const prompt = generator.promptOf(messages);
  const parts = generator.countTokens(prompt) / 64;
  expect(parts).toBeGreaterThan(12);
  expect(turns).toBeGreaterThan(parts + 20 - 2);
  // As the library reads it, all at once.
  const options = { max_new_tokens: 20, do_sample: false, return_full_text: false, add_special_tokens: false };
  const [whole] = (await models.run('text-generation', NAME, prompt, options)) as { generated_text: string }[];
  expect(text).toBe(whole?.generated_text);
});

it('stops in the middle of a long prompt, and of an answer', async () => {
  const generator = await models.generator(NAME);
  const stopped = async (content: string, after: number) => {
    const signal = { cancelled: false };
    let turns = 0;
    const count = () => {
      turns += 1;
      signal.cancelled = turns > after;
      if (!signal.cancelled) {
        setImmediate(count);
      }
    };
    setImmediate(count);
    let told = 0;
    const asked = generator.generate([{ role: 'user', content }], { maxTokens: 400, temperature: 0, signal });
    await expect(
      (async () => {
        for await (const piece of asked) {
          told += piece.length;
        }
      })(),
    ).rejects.toMatchObject({ code: 'cancelled' });
    return told;
  };
  expect(await stopped('word '.repeat(1000), 10)).toBe(0);
  expect(await stopped('word', 50)).toBeLessThan(200);
});

it('that was damaged since is refused, and fetching it again brings what is damaged alone', async () => {
  const offered = path.join(root, 'offered');
  await writeLlama(offered);
  await using hub = await ModelHub.start('tests/fetched', offered, llamaFiles);
  const { createRealModels } = (await import(pathToFileURL(path.join(root, 'dist/models.mjs')).href)) as {
    createRealModels(options: RealModelsOptions): RealModels;
  };
  const places = { packed: path.join(root, 'none'), ort: path.join(root, 'dist/ort'), cache: path.join(root, 'other') };
  const open = () => createRealModels({ ...places, threads: 1, hub: `${hub.origin}/` });
  const state = async () => (await open().describe('tests/fetched', { signal: neverCancelled })).state;
  const fetched = { signal: neverCancelled, onProgress: () => {} };
  await open().fetch('tests/fetched', fetched);
  const graph = path.join(root, 'other/tests--fetched/onnx/model_quantized.onnx');
  const bytes = await readFile(graph);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(graph, bytes);
  expect(await state()).toBe('fetched');
  await expect(open().generator('tests/fetched')).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('damaged'),
  });
  expect(await state()).toBe('partial');
  hub.asked.length = 0;
  await open().fetch('tests/fetched', fetched);
  expect(hub.fetched.map((request) => path.basename(request.path))).toEqual(['model_quantized.onnx']);
  const models = open();
  expect((await models.generator('tests/fetched')).contextWindow).toBe(8192);
  await models.dispose();
});
