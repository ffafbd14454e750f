// Makes the ONNX file that Transformers.js loads out of a BERT's safetensors, in the model's folder.

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BertConfig, type BertOptions, bertEncoder } from '../../formats/onnx/bertEncoder.ts';
import { writeOnnx } from '../../formats/onnx/writeOnnx.ts';
import { SafetensorsFile } from '../../formats/safetensors.ts';
import { Fault } from '../../shared/errors.ts';
import { z } from '../../shared/schema.ts';

/** Where Transformers.js looks for a graph of this precision. */
export const ONNX_FILES: Readonly<Record<BertOptions['precision'], string>> = {
  f32: 'onnx/model.onnx',
  q8: 'onnx/model_quantized.onnx',
};

/** Raised when graphs are written another way. What an older way wrote goes on working. */
export const GRAPH_VERSION = 2;

const count = z.int().check(z.positive());
const configSchema = z.object({
  model_type: z.literal('bert'),
  hidden_act: z.literal('gelu'),
  position_embedding_type: z.optional(z.literal('absolute')),
  vocab_size: count,
  hidden_size: count,
  num_hidden_layers: count,
  num_attention_heads: count,
  intermediate_size: count,
  max_position_embeddings: count,
  type_vocab_size: count,
  layer_norm_eps: z.number(),
});

/**
 * Writes `onnx/model….onnx` beside the folder's config.json, for texts that come one at a time or are of one length: it
 * has no attention mask.
 *
 * @param weights a safetensors file of the whole model
 * @returns the file's path in the folder
 * @throws Fault `bad-input` when the config is not that of a BERT as the graph has it, or a weight is missing
 */
export async function writeBertOnnx(
  folder: string,
  weights: string,
  precision: BertOptions['precision'],
): Promise<string> {
  const place = path.join(folder, 'config.json');
  const config = readConfig(await readFile(place, 'utf8'), place);
  const file = new SafetensorsFile(await readFile(weights), path.basename(weights));
  // Some files have the whole model under its class's name.
  const prefix = file.names.some((name) => name.startsWith('bert.')) ? 'bert.' : '';
  const bytes = writeOnnx(bertEncoder((name) => file.tensor(prefix + name), config, { precision, padding: false }));
  const out = ONNX_FILES[precision];
  await mkdir(path.join(folder, 'onnx'), { recursive: true });
  const part = path.join(folder, `${out}.part`);
  try {
    await writeFile(part, bytes);
    await rename(part, path.join(folder, out));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return out;
}

function readConfig(text: string, where: string): BertConfig {
  const read = configSchema.safeParse(jsonOf(text));
  if (!read.success) {
    const at = read.error.issues[0]?.path.join('.') ?? '';
    throw new Fault('bad-input', `${where} is not that of a BERT as it is read here${at && `: see "${at}"`}.`, {
      where,
      remedy: 'Take a model that has ONNX files on the hub.',
    });
  }
  return read.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
