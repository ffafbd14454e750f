// A BERT with random weights and a head for two classes, in Hugging Face's layout, and what its scores have to be.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bertEncoder } from '../../../src/formats/onnx/bertEncoder.ts';
import type { GraphBuilder } from '../../../src/formats/onnx/graph.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import type { StoredTensor } from '../../../src/formats/safetensors.ts';
import { tinyConfig, tinyWeights, writeTinyBert } from './support.ts';

export const classifierFiles = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'];

/** By their ids; the names are those that zero-shot classification looks for. */
export const LABELS = ['entailment', 'contradiction'];

/** (C, 2): how much a channel of the first token's state speaks for each class. */
const head = Float32Array.from({ length: tinyConfig.hidden_size * 2 }, (_, i) => Math.sin(i * 1.7));

export async function writeClassifier(folder: string): Promise<void> {
  await writeTinyBert(folder);
  const place = path.join(folder, 'config.json');
  const config = {
    ...JSON.parse(await readFile(place, 'utf8')),
    architectures: ['BertForSequenceClassification'],
    id2label: Object.fromEntries(LABELS.map((label, id) => [id, label])),
    label2id: Object.fromEntries(LABELS.map((label, id) => [label, id])),
  };
  await writeFile(place, JSON.stringify(config));
  const weights = tinyWeights();
  const graph = bertEncoder((name) => weights.get(name) as StoredTensor, tinyConfig, {
    precision: 'f32',
  }) as GraphBuilder;
  const first = graph.add('Slice', ['last_hidden_state', ...[0, 1, 1].map((value) => graph.integers(value))]);
  const row = graph.add('Reshape', [first, graph.integers(0, tinyConfig.hidden_size)]); // (B, C)
  const matrix = graph.tensor('head', 'float32', [tinyConfig.hidden_size, 2], head);
  graph.output(graph.add('MatMul', [row, matrix]), { name: 'logits', type: 'float32', shape: ['batch', 2] });
  await mkdir(path.join(folder, 'onnx'), { recursive: true });
  await writeFile(path.join(folder, 'onnx/model_quantized.onnx'), writeOnnx(graph));
}

/** @param state the first token's (C,) @returns a probability a class */
export function scoresOf(state: readonly number[]): number[] {
  const logits = LABELS.map((_, label) => state.reduce((sum, x, c) => sum + x * (head[c * 2 + label] as number), 0));
  const powers = logits.map(Math.exp);
  return powers.map((power) => power / powers.reduce((sum, each) => sum + each, 0));
}
