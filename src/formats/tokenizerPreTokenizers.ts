// The `pre_tokenizer` of a tokenizer.json: read, and written. `UnicodeScripts` is not handled: it is refused by name.

import type { PreTokenizerSpec } from '../tokenizers/definition.ts';
import type { JsonPart } from './jsonPart.ts';
import {
  BEHAVIORS,
  type Component,
  readComponents,
  readPattern,
  writeBehavior,
  writeComponents,
  writePattern,
} from './tokenizerParts.ts';

/** @throws Fault `bad-input` naming the part that is wrong or not known. */
export function readPreTokenizers(part: JsonPart | undefined): PreTokenizerSpec[] {
  return readComponents(part, 'pretokenizers', READERS);
}

const PREPEND_SCHEMES = { always: 'always', first: 'first', never: 'never' } as const;

const READERS: Readonly<Record<string, (part: JsonPart) => readonly PreTokenizerSpec[]>> = {
  Split: (part) => [
    {
      type: 'split',
      pattern: readPattern(part.at('pattern')),
      behavior: part.oneOf('behavior', BEHAVIORS),
      invert: part.flag('invert'),
    },
  ],
  ByteLevel: (part) => [
    { type: 'byte-level', prefixSpace: part.flag('add_prefix_space'), pattern: part.flag('use_regex', true) },
  ],
  BertPreTokenizer: () => [{ type: 'bert' }],
  Metaspace: (part) => [
    {
      type: 'metaspace',
      replacement: part.character('replacement'),
      prepend: readPrepend(part),
      split: part.flag('split', true),
    },
  ],
  Whitespace: () => [{ type: 'whitespace' }],
  WhitespaceSplit: () => [{ type: 'whitespace-split' }],
  Punctuation: (part) => [{ type: 'punctuation', behavior: part.oneOf('behavior', BEHAVIORS, 'Isolated') }],
  Digits: (part) => [{ type: 'digits', individual: part.flag('individual_digits') }],
  CharDelimiterSplit: (part) => [{ type: 'delimiter', character: part.character('delimiter') }],
  FixedLength: (part) => [
    {
      type: 'split',
      pattern: {
        regex: `(?m:.{1,${part.maybe('length') === undefined ? 5 : Math.max(1, part.count('length', 1000))}})`,
      },
      behavior: 'isolated',
      invert: false,
    },
  ],
};

/** Old files say `add_prefix_space`, new ones `prepend_scheme`. */
export function readPrepend(part: JsonPart): 'always' | 'first' | 'never' {
  const old = part.maybe('add_prefix_space') === undefined || part.flag('add_prefix_space');
  const prepend = part.oneOf('prepend_scheme', PREPEND_SCHEMES, old ? 'always' : 'never');
  if (!old && prepend !== 'never') {
    throw part.at('add_prefix_space').fault(`is false, and prepend_scheme is "${prepend}"`, 'Take one of them out.');
  }
  return prepend;
}

export function writePreTokenizers(specs: readonly PreTokenizerSpec[]): Component | null {
  return writeComponents(specs.map(written), 'pretokenizers');
}

function written(spec: PreTokenizerSpec): Component {
  switch (spec.type) {
    case 'split':
      return {
        type: 'Split',
        pattern: writePattern(spec.pattern),
        behavior: writeBehavior(spec.behavior),
        invert: spec.invert,
      };
    case 'byte-level':
      return { type: 'ByteLevel', add_prefix_space: spec.prefixSpace, trim_offsets: false, use_regex: spec.pattern };
    case 'bert':
      return { type: 'BertPreTokenizer' };
    case 'metaspace':
      return { type: 'Metaspace', replacement: spec.replacement, prepend_scheme: spec.prepend, split: spec.split };
    case 'whitespace':
      return { type: 'Whitespace' };
    case 'whitespace-split':
      return { type: 'WhitespaceSplit' };
    case 'punctuation':
      return { type: 'Punctuation', behavior: writeBehavior(spec.behavior) };
    case 'digits':
      return { type: 'Digits', individual_digits: spec.individual };
    case 'delimiter':
      return { type: 'CharDelimiterSplit', delimiter: spec.character };
  }
}
