// Hugging Face's `tokenizer.json`: a whole tokenizer in one file, read into a definition and written from it. What the
// file says of whole inputs to a model is not handled: `truncation`, `padding`, and `post_processor`, which puts tokens
// such as [CLS] around a text; here a text's tokens are its own.

import { MAX_TOKENIZER_FILE } from '../shared/messages.ts';
import type { AddedToken, TokenizerDefinition } from '../tokenizers/definition.ts';
import { JsonPart, shown } from './jsonPart.ts';
import { parseJson } from './jsonText.ts';
import { readDecoders, writeDecoders } from './tokenizerDecoders.ts';
import { members, readModel, writeModel } from './tokenizerModels.ts';
import { readNormalizers, writeNormalizers } from './tokenizerNormalizers.ts';
import { readPreTokenizers, writePreTokenizers } from './tokenizerPreTokenizers.ts';
import { HIGHEST_ID } from './tokenizerVocabulary.ts';

/** Each is looked for at every place of a text. */
const MOST_ADDED_TOKENS = 100_000;

/**
 * Reads a file and checks it: nothing in it is taken on trust. What is read encodes a text as Hugging Face's library
 * does without its special tokens around the text. Where ids of added tokens leave a gap, the file's ids count; that
 * library would give them the next free ones.
 *
 * @param where what to call the file: the definition's name, and in a fault
 * @throws Fault `too-large`, or `bad-input` naming the part at fault by its path, such as `model.merges[17]`.
 */
export function readTokenizerJson(bytes: Uint8Array, where: string): TokenizerDefinition {
  const file = new JsonPart(parseJson(bytes, where, MAX_TOKENIZER_FILE), '', where);
  const version = file.maybe('version');
  if (version !== undefined && version.value !== '1.0') {
    throw version.fault(
      `is ${shown(version.value)}, and only "1.0" is known`,
      'Save it with the library as it is now.',
    );
  }
  const notes: string[] = [];
  const model = readModel(file.at('model'), notes);
  return {
    name: where,
    normalizers: readNormalizers(file.maybe('normalizer')),
    preTokenizers: readPreTokenizers(file.maybe('pre_tokenizer')),
    model,
    decoders: readDecoders(file.maybe('decoder')),
    addedTokens: readAddedTokens(file.maybe('added_tokens'), piecesOf(model)),
    ...(notes.length > 0 && { notes }),
  };
}

function piecesOf(model: TokenizerDefinition['model']): (string | null)[] {
  return model.type === 'unigram' ? model.pieces.map(([piece]) => piece) : [...model.pieces];
}

function readAddedTokens(part: JsonPart | undefined, pieces: readonly (string | null)[]): AddedToken[] {
  const items = part?.items() ?? [];
  if (items.length > MOST_ADDED_TOKENS) {
    throw (part as JsonPart).fault(`has ${items.length} tokens`, `Take a file with at most ${MOST_ADDED_TOKENS}.`);
  }
  const idOf = new Map(pieces.map((piece, id) => [piece, id]));
  const byId = new Map<number, string>();
  const byText = new Set<string>();
  return items.map((item) => {
    const token = readAddedToken(item);
    const owner = byId.get(token.id) ?? pieces[token.id] ?? token.text;
    if (owner !== token.text) {
      throw item.fault(`has the id ${token.id}, which ${shown(owner)} has as well`, 'Give each token its own id.');
    }
    const known = idOf.get(token.text);
    if (byText.has(token.text) || (known !== undefined && known !== token.id)) {
      const what = `gives ${shown(token.text)} the id ${token.id}, which has another one already`;
      throw item.fault(what, 'Take one of them out.');
    }
    byId.set(token.id, token.text);
    byText.add(token.text);
    return token;
  });
}

function readAddedToken(part: JsonPart): AddedToken {
  const text = part.text('content');
  if (text === '') {
    throw part.at('content').fault('is empty', 'Take the token out: an empty text is everywhere.');
  }
  return {
    id: part.count('id', HIGHEST_ID),
    text,
    special: part.flag('special'),
    stripLeft: part.flag('lstrip'),
    stripRight: part.flag('rstrip'),
    singleWord: part.flag('single_word'),
    normalized: part.flag('normalized'),
  };
}

/**
 * A file that Hugging Face's library reads, and with which it encodes as the definition does. Keys stand in the order
 * that the library writes them in, pieces in the order of their ids.
 */
export function writeTokenizerJson(definition: TokenizerDefinition): string {
  return members({
    version: '"1.0"',
    truncation: 'null',
    padding: 'null',
    added_tokens: JSON.stringify(definition.addedTokens.map(writtenToken)),
    normalizer: JSON.stringify(writeNormalizers(definition.normalizers)),
    pre_tokenizer: JSON.stringify(writePreTokenizers(definition.preTokenizers)),
    post_processor: 'null',
    decoder: JSON.stringify(writeDecoders(definition.decoders)),
    model: writeModel(definition.model),
  });
}

function writtenToken(token: AddedToken) {
  return {
    id: token.id,
    content: token.text,
    single_word: token.singleWord,
    lstrip: token.stripLeft,
    rstrip: token.stripRight,
    normalized: token.normalized,
    special: token.special,
  };
}
