// The `decoder` of a tokenizer.json: read, and written. `CTC` is refused: it undoes what speech models say twice, not
// what a tokenizer did.

import type { DecoderSpec } from '../tokenizers/definition.ts';
import type { JsonPart } from './jsonPart.ts';
import { type Component, readComponents, readPattern, writeComponents, writePattern } from './tokenizerParts.ts';
import { readPrepend } from './tokenizerPreTokenizers.ts';

/** No decoder takes more characters off a piece's end. */
const MOST_STRIPPED = 1000;

/** @throws Fault `bad-input` naming the part that is wrong or not known. */
export function readDecoders(part: JsonPart | undefined): DecoderSpec[] {
  return readComponents(part, 'decoders', READERS);
}

const READERS: Readonly<Record<string, (part: JsonPart) => readonly DecoderSpec[]>> = {
  ByteLevel: () => [{ type: 'byte-level' }],
  WordPiece: (part) => [{ type: 'wordpiece', prefix: part.text('prefix'), cleanup: part.flag('cleanup') }],
  Metaspace: (part) => [{ type: 'metaspace', replacement: part.character('replacement'), prepend: readPrepend(part) }],
  BPEDecoder: (part) => [{ type: 'bpe', suffix: part.text('suffix') }],
  ByteFallback: () => [{ type: 'byte-fallback' }],
  Fuse: () => [{ type: 'fuse' }],
  Strip: (part) => [
    {
      type: 'strip',
      character: part.character('content'),
      start: part.count('start', MOST_STRIPPED),
      stop: part.count('stop', MOST_STRIPPED),
    },
  ],
  Replace: (part) => [{ type: 'replace', pattern: readPattern(part.at('pattern')), content: part.text('content') }],
};

export function writeDecoders(specs: readonly DecoderSpec[]): Component | null {
  return writeComponents(specs.map(written), 'decoders');
}

function written(spec: DecoderSpec): Component {
  switch (spec.type) {
    case 'byte-level':
      return { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false };
    case 'wordpiece':
      return { type: 'WordPiece', prefix: spec.prefix, cleanup: spec.cleanup };
    case 'metaspace':
      return { type: 'Metaspace', replacement: spec.replacement, prepend_scheme: spec.prepend, split: true };
    case 'bpe':
      return { type: 'BPEDecoder', suffix: spec.suffix };
    case 'byte-fallback':
      return { type: 'ByteFallback' };
    case 'fuse':
      return { type: 'Fuse' };
    case 'strip':
      return { type: 'Strip', content: spec.character, start: spec.start, stop: spec.stop };
    case 'replace':
      return { type: 'Replace', pattern: writePattern(spec.pattern), content: spec.content };
  }
}
