// Tokens of a text made by an independent encoder (js-tiktoken), with offsets found the slow and plain way: the truth
// that the tokens panel's data is held against.

import { Tiktoken } from 'js-tiktoken/lite';
import r50k from 'js-tiktoken/ranks/r50k_base';
import type { EncodedText } from '../../../src/shared/messages.ts';

const encoder = new Tiktoken(r50k);

/** Bytes of each token, read from the published ranks: lines of "! OFFSET TOKEN TOKEN ...", tokens in base64. */
const bytesById: readonly Uint8Array[] = r50k.bpe_ranks
  .split('\n')
  .filter((line) => line !== '')
  .flatMap((line) => line.split(' ').slice(2))
  .map((token) => new Uint8Array(Buffer.from(token, 'base64')));

export interface PlainToken {
  readonly id: number;
  readonly bytes: readonly number[];
  readonly start: number;
  readonly end: number;
  readonly fragment: boolean;
}

export function plainTokens(text: string): PlainToken[] {
  // For each byte: the UTF-16 range of its character, and whether it is that character's first or last byte.
  const places: { start: number; end: number; first: boolean; last: boolean }[] = [];
  let offset = 0;
  for (const character of text) {
    const length = new TextEncoder().encode(character).length;
    for (let byte = 0; byte < length; byte++) {
      places.push({ start: offset, end: offset + character.length, first: byte === 0, last: byte === length - 1 });
    }
    offset += character.length;
  }
  let at = 0;
  return encoder.encode(text, [], []).map((id) => {
    const bytes = Array.from(bytesById[id] as Uint8Array);
    const head = places[at];
    const tail = places[at + bytes.length - 1];
    at += bytes.length;
    if (head === undefined || tail === undefined) {
      throw new Error('The tokens have more bytes than the text.');
    }
    return { id, bytes, start: head.start, end: tail.end, fragment: !head.first || !tail.last };
  });
}

export function encodedText(text: string): EncodedText {
  const tokens = plainTokens(text);
  let end = 0;
  return {
    encoding: 'r50k_base',
    count: tokens.length,
    ids: Uint32Array.from(tokens, ({ id }) => id).buffer,
    starts: Uint32Array.from(tokens, ({ start }) => start).buffer,
    ends: Uint32Array.from(tokens, (token) => token.end).buffer,
    fragment: Uint8Array.from(tokens, ({ fragment }) => Number(fragment)).buffer,
    byteEnds: Uint32Array.from([0, ...tokens.map(({ bytes }) => (end += bytes.length))]).buffer,
    bytes: Uint8Array.from(tokens.flatMap(({ bytes }) => bytes)).buffer,
    textBytes: new TextEncoder().encode(text).length,
    loneSurrogates: loneIn(text),
  };
}

function loneIn(text: string): number {
  return (
    text.length - text.replace(/(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/g, '').length
  );
}

/**
 * A tokenizer as plain as can be that drops white space, as BERT's does: words and single other characters, in small
 * letters; id 0 for what is neither a letter nor a number of ASCII.
 */
export function wordsOf(text: string): EncodedText {
  const tokens = Array.from(text.matchAll(/[A-Za-z0-9]+|[^\sA-Za-z0-9]/gu), ({ 0: word, index }) => {
    const known = /^[A-Za-z0-9]+$/.test(word);
    const piece = known ? word.toLowerCase() : '[UNK]';
    const id = known ? 1 + (Array.from(piece).reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7) % 1_000_003) : 0;
    return { id, piece, start: index, end: index + word.length, bytes: Array.from(new TextEncoder().encode(word)) };
  });
  let end = 0;
  return {
    encoding: 'words',
    count: tokens.length,
    ids: Uint32Array.from(tokens, ({ id }) => id).buffer,
    starts: Uint32Array.from(tokens, ({ start }) => start).buffer,
    ends: Uint32Array.from(tokens, (token) => token.end).buffer,
    fragment: new Uint8Array(tokens.length).buffer,
    byteEnds: Uint32Array.from([0, ...tokens.map(({ bytes }) => (end += bytes.length))]).buffer,
    bytes: Uint8Array.from(tokens.flatMap(({ bytes }) => bytes)).buffer,
    textBytes: new TextEncoder().encode(text).length,
    loneSurrogates: loneIn(text),
    pieces: [...new Map(tokens.map(({ id, piece }) => [id, piece] as const))],
  };
}
