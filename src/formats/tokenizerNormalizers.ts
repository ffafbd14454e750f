// The `normalizer` of a tokenizer.json: read, and written.

import { Fault } from '../shared/errors.ts';
import type { NormalizerSpec } from '../tokenizers/definition.ts';
import { CharsMap } from '../tokenizers/normalizers/charsMap.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { JsonPart } from './jsonPart.ts';
import { type Component, readComponents, readPattern, writeComponents, writePattern } from './tokenizerParts.ts';

/** @throws Fault `bad-input` naming the part that is wrong or not known. */
export function readNormalizers(part: JsonPart | undefined): NormalizerSpec[] {
  return readComponents(part, 'normalizers', READERS);
}

const READERS: Readonly<Record<string, (part: JsonPart) => readonly NormalizerSpec[]>> = {
  NFC: () => [{ type: 'nfc' }],
  NFD: () => [{ type: 'nfd' }],
  NFKC: () => [{ type: 'nfkc' }],
  NFKD: () => [{ type: 'nfkd' }],
  Lowercase: () => [{ type: 'lowercase' }],
  StripAccents: () => [{ type: 'strip-accents' }],
  Strip: (part) => [{ type: 'strip', left: part.flag('strip_left'), right: part.flag('strip_right') }],
  Prepend: (part) => [{ type: 'prepend', text: part.text('prepend') }],
  Replace: (part) => [{ type: 'replace', pattern: readPattern(part.at('pattern')), content: part.text('content') }],
  BertNormalizer: (part) => {
    const lowercase = part.flag('lowercase');
    // Null means as BERT did: accents go when capitals go.
    const stripAccents = part.maybe('strip_accents') === undefined ? lowercase : part.flag('strip_accents');
    const [cleanText, chineseCharacters] = [part.flag('clean_text'), part.flag('handle_chinese_chars')];
    return [{ type: 'bert', cleanText, chineseCharacters, stripAccents, lowercase }];
  },
  Precompiled: (part) => [{ type: 'precompiled', charsMap: readCharsMap(part.at('precompiled_charsmap')) }],
  ByteLevel: () => [{ type: 'byte-level' }],
  Nmt: () => NMT,
};

/** Moses-like cleaning as Hugging Face has it: some controls go, and all kinds of white space become spaces. */
const NMT: readonly NormalizerSpec[] = [
  {
    type: 'replace',
    pattern: { regex: String.raw`[\x{1}-\x{8}\x{B}\x{E}-\x{1F}\x{7F}\x{8F}\x{9F}]` },
    content: '',
  },
  {
    type: 'replace',
    pattern: {
      regex: String.raw`[\x{9}\x{A}\x{C}\x{D}\x{1680}\x{200B}-\x{200F}\x{2028}\x{2029}\x{2581}\x{FEFF}\x{FFFD}]`,
    },
    content: ' ',
  },
];

function readCharsMap(part: JsonPart): Uint8Array {
  const charsMap = fromBase64(part.asText());
  if (charsMap === undefined) {
    throw part.fault('is not Base64', 'Get the file anew.');
  }
  try {
    new CharsMap(charsMap);
  } catch (error) {
    throw part.fault(`is no table of replacements: ${error instanceof Fault ? error.message : error}`, 'Get it anew.');
  }
  return charsMap;
}

export function writeNormalizers(specs: readonly NormalizerSpec[]): Component | null {
  return writeComponents(specs.map(written), 'normalizers');
}

function written(spec: NormalizerSpec): Component {
  switch (spec.type) {
    case 'nfc':
    case 'nfd':
    case 'nfkc':
    case 'nfkd':
      return { type: spec.type.toUpperCase() };
    case 'lowercase':
      return { type: 'Lowercase' };
    case 'strip-accents':
      return { type: 'StripAccents' };
    case 'strip':
      return { type: 'Strip', strip_left: spec.left, strip_right: spec.right };
    case 'prepend':
      return { type: 'Prepend', prepend: spec.text };
    case 'replace':
      return { type: 'Replace', pattern: writePattern(spec.pattern), content: spec.content };
    case 'bert':
      return {
        type: 'BertNormalizer',
        clean_text: spec.cleanText,
        handle_chinese_chars: spec.chineseCharacters,
        strip_accents: spec.stripAccents,
        lowercase: spec.lowercase,
      };
    case 'precompiled':
      return { type: 'Precompiled', precompiled_charsmap: toBase64(spec.charsMap) };
    case 'byte-level':
      return { type: 'ByteLevel' };
  }
}
