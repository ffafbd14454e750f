// The tokenizers that ship, as they are listed before any of them is loaded. A test holds each line to the tokenizer
// itself.

import type { TokenizerInfo } from '../shared/messages.ts';

export const shippedTokenizers: readonly TokenizerInfo[] = [
  {
    id: 'r50k_base',
    label: 'GPT-2',
    detail: 'byte-level BPE, 50,257 tokens; GPT-2 and GPT-3',
    kind: 'bpe',
    byteLevel: true,
    size: 50_257,
    cuts: true,
  },
  {
    id: 'cl100k_base',
    label: 'GPT-4',
    detail: 'cl100k_base: byte-level BPE, 100,261 tokens; GPT-3.5 Turbo and GPT-4',
    kind: 'bpe',
    byteLevel: true,
    size: 100_277,
    cuts: true,
  },
  {
    id: 'o200k_base',
    label: 'GPT-4o',
    detail: 'o200k_base: byte-level BPE, 200,000 tokens; GPT-4o, GPT-4.1, o1 and o3',
    kind: 'bpe',
    byteLevel: true,
    size: 200_019,
    cuts: true,
  },
  {
    id: 'qwen2.5',
    label: 'Qwen2.5',
    detail: 'byte-level BPE after Unicode composition, 151,665 tokens; Qwen2.5 in all its sizes',
    kind: 'bpe',
    byteLevel: false,
    size: 151_665,
    cuts: true,
  },
  {
    id: 'bert-base-uncased',
    label: 'BERT',
    detail: 'WordPiece without capital letters, 30,522 pieces; BERT base and large, uncased',
    kind: 'wordpiece',
    byteLevel: false,
    size: 30_522,
    cuts: true,
  },
  {
    id: 'use-lite',
    label: 'Sentence Encoder lite',
    detail: 'SentencePiece Unigram, 8,000 pieces; Universal Sentence Encoder lite',
    kind: 'unigram',
    byteLevel: false,
    size: 8000,
    cuts: false,
  },
];

/** The tokenizer that counts where nobody has chosen one. */
export const DEFAULT_TOKENIZER = 'r50k_base';
