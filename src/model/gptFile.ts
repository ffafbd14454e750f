// A GPT with its configuration and its vocabulary in one safetensors file. The tensors have the names and the layout of
// GPT-2's files, so that tools which know those read them.

import type { Engine } from '../engine/engine.ts';
import { SafetensorsFile } from '../formats/safetensors.ts';
import { seededRandom } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import { CharacterVocabulary } from './characters.ts';
import { loadParameters, saveParameters } from './checkpoint.ts';
import { Gpt, type GptConfig } from './gpt.ts';
import { type TextVocabulary, TokenizerVocabulary } from './textVocabulary.ts';

export interface SavedGpt {
  readonly model: Gpt;
  /** What its tokens are, where it was saved with them. */
  readonly vocabulary: TextVocabulary | undefined;
}

/** The bytes of a file, with the configuration, and the characters or the `tokenizer.json`, in its metadata. */
export function saveGpt(model: Gpt, vocabulary?: TextVocabulary): Uint8Array<ArrayBuffer> {
  return saveParameters(model.parameters, {
    config: JSON.stringify(model.config),
    ...(vocabulary instanceof CharacterVocabulary && { characters: JSON.stringify(vocabulary.characters) }),
    ...(vocabulary instanceof TokenizerVocabulary && { tokenizer: vocabulary.file }),
  });
}

/**
 * @param where what to call the file in a fault
 * @throws Fault `bad-input` when it is no safetensors file, says no configuration, or its tensors don't fit that.
 */
export function loadGpt(engine: Engine, bytes: Uint8Array<ArrayBuffer>, where: string): SavedGpt {
  const file = new SafetensorsFile(bytes, where);
  const { config } = file.metadata;
  const model = new Gpt(engine, configOf(config, where), seededRandom(1));
  try {
    const vocabulary = vocabularyOf(file.metadata, model.config.vocabulary, where);
    loadParameters(model.parameters, file, where);
    return { model, vocabulary };
  } catch (error) {
    model.parameters.release();
    throw error;
  }
}

/** The largest size that a configuration is believed. */
const MOST = 1_000_000;

function configOf(json: string | undefined, where: string): GptConfig {
  const given = parsed(json) as Partial<Record<keyof GptConfig, unknown>> | null | undefined;
  const { vocabulary, context, layers, heads, channels, bias, dropout, tied } = given ?? {};
  const numbers = [vocabulary, context, layers, heads, channels, dropout];
  const isConfig =
    numbers.every((value) => typeof value === 'number' && value <= MOST) &&
    [bias, tied].every((value) => typeof value === 'boolean');
  if (!isConfig) {
    throw new Fault('bad-input', `${where} doesn't say in its metadata which GPT it is of.`, {
      where,
      remedy: 'Take a file that was saved here.',
    });
  }
  return { vocabulary, context, layers, heads, channels, bias, dropout, tied } as GptConfig;
}

function vocabularyOf(
  { characters, tokenizer }: SafetensorsFile['metadata'],
  count: number,
  where: string,
): TextVocabulary | undefined {
  if (tokenizer === undefined) {
    return characters === undefined ? undefined : charactersOf(characters, count, where);
  }
  const vocabulary = new TokenizerVocabulary(tokenizer, `the tokenizer in the metadata of ${where}`);
  if (vocabulary.size !== count) {
    throw new Fault('bad-input', `The tokenizer in ${where} has ${vocabulary.size} ids, and the model ${count}.`, {
      where,
      remedy: 'Take a file that was saved here.',
    });
  }
  return vocabulary;
}

function charactersOf(json: string, count: number, where: string): CharacterVocabulary {
  const characters = parsed(json);
  const fits =
    Array.isArray(characters) &&
    characters.length === count &&
    characters.every((character) => typeof character === 'string');
  if (!fits) {
    throw new Fault('bad-input', `The characters in the metadata of ${where} are no list of its tokens.`, {
      where,
      remedy: 'Take a file that was saved here.',
    });
  }
  return new CharacterVocabulary(characters);
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return null;
  }
}
