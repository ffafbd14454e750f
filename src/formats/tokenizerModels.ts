// The `model` of a tokenizer.json: read, checked, and written.

import type { BpeSpec, ModelSpec, UnigramSpec, WordLevelSpec, WordPieceSpec } from '../tokenizers/definition.ts';
import { type JsonPart, shown } from './jsonPart.ts';
import { readMerges, writeMerges } from './tokenizerMerges.ts';
import { HIGHEST_ID, readVocabulary, type Vocabulary, writeVocabulary } from './tokenizerVocabulary.ts';

/** In characters. */
const LONGEST_WORD = 1_000_000;
/** Logarithms of probabilities are some hundreds at most. Sums of scores up to this one stay numbers in any text. */
const HIGHEST_SCORE = 1e100;

/**
 * @param notes takes in what the file asks for and is left out
 * @throws Fault `bad-input` naming the part that is wrong or not known.
 */
export function readModel(part: JsonPart, notes: string[]): ModelSpec {
  const type = part.maybe('type');
  const name = type === undefined ? guessedType(part) : type.value;
  switch (name) {
    case 'BPE':
      return readBpe(part, notes);
    case 'WordPiece':
      return readWordPiece(part);
    case 'Unigram':
      return readUnigram(part);
    case 'WordLevel':
      return readWordLevel(part);
    default:
      throw (type ?? part).fault(
        `is ${shown(name)}, which is not known here`,
        'Known are BPE, WordPiece, Unigram, WordLevel.',
      );
  }
}

/** Old files don't say which model it is: each has settings of its own. */
function guessedType(part: JsonPart): string {
  if (part.maybe('merges') !== undefined) {
    return 'BPE';
  }
  if (part.maybe('max_input_chars_per_word') !== undefined) {
    return 'WordPiece';
  }
  return Array.isArray(part.at('vocab').value) ? 'Unigram' : 'WordLevel';
}

function readBpe(part: JsonPart, notes: string[]): BpeSpec {
  const vocabulary = readVocabulary(part.at('vocab'));
  const continuingPrefix = part.maybe('continuing_subword_prefix')?.asText() ?? '';
  const byteFallback = part.flag('byte_fallback', false);
  const dropout = part.maybe('dropout');
  if (dropout !== undefined) {
    if (typeof dropout.value !== 'number' || !(dropout.value >= 0 && dropout.value <= 1)) {
      throw dropout.fault(`is ${shown(dropout.value)}, and must be from 0 to 1`, 'Write null.');
    }
    if (dropout.value > 0) {
      notes.push(`model.dropout is ${dropout.value}: no merge is left out by chance here, as when a model is used.`);
    }
  }
  const unknown = part.maybe('unk_token');
  if (unknown !== undefined && !vocabulary.ids.has(unknown.asText())) {
    notes.push(
      `model.unk_token is ${shown(unknown.value)}, which model.vocab has not: nothing stands for the unknown.`,
    );
  }
  return {
    type: 'bpe',
    pieces: vocabulary.pieces,
    merges: readMerges(part.at('merges'), vocabulary, continuingPrefix),
    unknown: unknown !== undefined && vocabulary.ids.has(unknown.asText()) ? unknown.asText() : null,
    fuseUnknown: part.flag('fuse_unk', false),
    byteFallback,
    ignoreMerges: part.flag('ignore_merges', false),
    continuingPrefix,
    endOfWordSuffix: part.maybe('end_of_word_suffix')?.asText() ?? '',
  };
}

function readWordPiece(part: JsonPart): WordPieceSpec {
  const vocabulary = readVocabulary(part.at('vocab'));
  return {
    type: 'wordpiece',
    pieces: vocabulary.pieces,
    unknown: readUnknown(part, vocabulary),
    continuingPrefix: part.text('continuing_subword_prefix'),
    longestWord: part.count('max_input_chars_per_word', LONGEST_WORD),
  };
}

function readWordLevel(part: JsonPart): WordLevelSpec {
  const vocabulary = readVocabulary(part.at('vocab'));
  return { type: 'words', pieces: vocabulary.pieces, unknown: readUnknown(part, vocabulary) };
}

function readUnknown(part: JsonPart, { ids }: Vocabulary): string {
  const unknown = part.at('unk_token');
  const text = unknown.asText();
  if (!ids.has(text)) {
    throw unknown.fault(`names a piece ${shown(text)} that is not in model.vocab`, 'Add it there, with an id.');
  }
  return text;
}

function readUnigram(part: JsonPart): UnigramSpec {
  const vocab = part.at('vocab');
  const list = vocab.list();
  if (list.length === 0 || list.length > HIGHEST_ID) {
    throw vocab.fault(`has ${list.length} pieces`, `A tokenizer has 1 to ${HIGHEST_ID}.`);
  }
  const pieces = list.map((entry, index): readonly [string, number] => {
    const [piece, score] = Array.isArray(entry) && entry.length === 2 ? entry : [];
    if (typeof piece !== 'string' || typeof score !== 'number' || !(Math.abs(score) <= HIGHEST_SCORE)) {
      const what = 'must be a piece and its score, a text and a number';
      throw vocab.indexed(index).fault(what, 'Write it as ["piece", -1.5].');
    }
    if (/\p{Surrogate}/u.test(piece)) {
      throw vocab.indexed(index).fault('has a piece with half of a surrogate pair', 'Write the whole character.');
    }
    return [piece, score];
  });
  const unknownId = part.maybe('unk_id') === undefined ? null : part.count('unk_id', pieces.length - 1);
  return { type: 'unigram', pieces, unknownId, byteFallback: part.flag('byte_fallback', false) };
}

/** As JSON. */
export function writeModel(model: ModelSpec): string {
  switch (model.type) {
    case 'bpe':
      return members({
        type: '"BPE"',
        dropout: 'null',
        unk_token: JSON.stringify(model.unknown),
        continuing_subword_prefix: JSON.stringify(model.continuingPrefix || null),
        end_of_word_suffix: JSON.stringify(model.endOfWordSuffix || null),
        fuse_unk: String(model.fuseUnknown),
        byte_fallback: String(model.byteFallback),
        ignore_merges: String(model.ignoreMerges),
        vocab: writeVocabulary(model.pieces),
        merges: writeMerges(model.merges),
      });
    case 'wordpiece':
      return members({
        type: '"WordPiece"',
        unk_token: JSON.stringify(model.unknown),
        continuing_subword_prefix: JSON.stringify(model.continuingPrefix),
        max_input_chars_per_word: String(model.longestWord),
        vocab: writeVocabulary(model.pieces),
      });
    case 'unigram':
      return members({
        type: '"Unigram"',
        unk_id: String(model.unknownId),
        vocab: JSON.stringify(model.pieces),
        byte_fallback: String(model.byteFallback),
      });
    case 'words':
      return members({
        type: '"WordLevel"',
        vocab: writeVocabulary(model.pieces),
        unk_token: JSON.stringify(model.unknown),
      });
  }
}

/** An object of values that are JSON already. */
export function members(values: Readonly<Record<string, string>>): string {
  return `{${Object.entries(values)
    .map(([key, value]) => `${JSON.stringify(key)}:${value}`)
    .join(',')}}`;
}
