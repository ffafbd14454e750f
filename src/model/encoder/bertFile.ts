// A BERT from Hugging Face's two files: `config.json` says its sizes, `model.safetensors` holds its weights.

import type { Engine } from '../../engine/engine.ts';
import { sameShape, showShape } from '../../engine/shape.ts';
import type { SafetensorsFile } from '../../formats/safetensors.ts';
import { Fault } from '../../shared/errors.ts';
import { z } from '../../shared/schema.ts';
import { Bert, type BertConfig } from './bert.ts';

/** The largest size that a configuration is believed. */
const MOST = 1_000_000;
const size = z.int().check(z.gte(1), z.lte(MOST));

const configFile = z.object({
  model_type: z.literal('bert'),
  vocab_size: size,
  max_position_embeddings: size,
  type_vocab_size: size,
  num_hidden_layers: z.int().check(z.gte(0), z.lte(1000)),
  num_attention_heads: size,
  hidden_size: size,
  intermediate_size: size,
  hidden_act: z.literal('gelu'),
  layer_norm_eps: z.number().check(z.gte(0), z.lte(1)),
  position_embedding_type: z.optional(z.literal('absolute')),
});

/**
 * What a `config.json` says of a BERT.
 *
 * @param where what to call the file in a fault
 * @throws Fault `bad-input` when it is no JSON, or of another kind of model.
 */
export function bertConfigOf(json: string, where: string): BertConfig {
  const config = configFile.safeParse(parsed(json));
  if (!config.success) {
    const [{ path, message }] = config.error.issues;
    throw new Fault('bad-input', `${where} is no configuration of a BERT: ${path.join('.') || 'it'}: ${message}.`, {
      where,
      remedy: 'Take the config.json of a BERT with GELU and absolute positions.',
    });
  }
  const { data } = config;
  if (data.hidden_size % data.num_attention_heads !== 0) {
    const what = `${data.hidden_size} channels can't be cut into ${data.num_attention_heads} heads`;
    throw new Fault('bad-input', `${where} is no configuration of a BERT: ${what}.`, {
      where,
      remedy: 'Heads must divide the channels.',
    });
  }
  return {
    vocabulary: data.vocab_size,
    positions: data.max_position_embeddings,
    segments: data.type_vocab_size,
    layers: data.num_hidden_layers,
    heads: data.num_attention_heads,
    channels: data.hidden_size,
    hidden: data.intermediate_size,
    epsilon: data.layer_norm_eps,
  };
}

/**
 * The encoder, with its weights in the engine's memory until they are released. Tensors of the file that it has no use
 * for (its pooler, a head) are left alone.
 *
 * @param where what to call the file in a fault
 * @throws Fault `not-found` when a weight is missing, `bad-input` when one has another shape, `too-large` when there is
 * no room: those made until then are released.
 */
export function loadBert(engine: Engine, config: BertConfig, file: SafetensorsFile, where: string): Bert {
  return new Bert(engine, config, (name, shape) => {
    if (!sameShape(file.shapeOf(name), shape)) {
      const found = showShape(file.shapeOf(name));
      throw new Fault('bad-input', `${name} of ${where} is ${found} and should be ${showShape(shape)}.`, {
        where: name,
        remedy: 'Take the configuration and the weights of one model.',
      });
    }
    return engine.fromData(file.tensor(name).data, shape, { dtype: 'f32', name }).keep();
  });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
