// How a real tokenizer comes to the tokens of a short text, whatever it is made of: merges by rank, the longest match,
// the likeliest path. Works for those that ship and for those that were opened.

import { Fault } from '../shared/errors.ts';
import type { Piece, TreeNode } from '../shared/trace.ts';
import { spell, textOf } from '../tokenizers/bytes.ts';
import type { TokenizerDefinition, UnigramSpec } from '../tokenizers/definition.ts';
import { type ScoredPieces, unknownScore } from '../tokenizers/lattice.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { bpePieceFrames } from './bpePieceFrames.ts';
import { definitionCuts, vocabularyCuts } from './explainCuts.ts';
import { defineProgram } from './program.ts';
import type { Recorder } from './recorder.ts';
import { listedMerges, publishedMerges, type ShownMerges } from './shownMerges.ts';
import { unigramFrames } from './unigramFrames.ts';
import { counted, many, textValue, tokensValue, visible } from './views.ts';
import { wordPieceFrames } from './wordPieceFrames.ts';

/** Most words whose pieces are shown step by step. */
const SHOWN_WORDS = 12;

export const explainToken = defineProgram({
  id: 'explain-token',
  title: 'How a tokenizer cuts it',
  session: false,
  params: {
    text: { type: 'text', label: 'Text to cut', default: 'nowhere', maxLength: 400 },
    encoding: { type: 'text', label: 'Tokenizer', default: 'r50k_base', maxLength: 200 },
  },
  async *run({ params: { text, encoding }, trace, tokenizer: load, signal }) {
    const tokenizer = await load(encoding);
    trace.frame({
      op: 'load',
      label: `Take ${tokenizer.name}`,
      note: `${tokenizer.name} has ${counted(tokenizer.size, 'id')}, and cuts ${HOW[tokenizer.kind]}.`,
      outputs: { text: trace.value(textValue(text)) },
    });
    yield;
    const trees = yield* explained(trace, text, tokenizer);
    const { ids, starts, ends } = tokenizer.encode(text, { signal });
    const pieces = Array.from(ids, (id, i) => pieceOf(tokenizer, id, starts[i]!, ends[i]!, text));
    trace.frame({
      op: 'result',
      label: 'The tokens',
      note: `“${visible(text)}” becomes ${counted(ids.length, 'token')}.`,
      outputs: {
        tokens: trace.value(tokensValue(pieces)),
        ...(trees.length > 0 && { tree: trace.value({ kind: 'tree', roots: trees }) }),
      },
    });
    yield;
  },
});

const HOW: Readonly<Record<Tokenizer['kind'], string>> = {
  bpe: 'by rank: the merge that was learned first goes first',
  wordpiece: 'by greed: the longest piece that fits goes first',
  unigram: 'by probability: the likeliest of all cuts wins',
  words: 'into whole words',
};

/** Records each step from the text to its pieces. @returns the merges as trees, where there are any */
async function* explained(
  trace: Recorder,
  text: string,
  { name, vocabulary, definition }: Tokenizer,
): AsyncGenerator<void, readonly TreeNode[], void> {
  if (vocabulary !== undefined) {
    const words = yield* vocabularyCuts(trace, text, vocabulary);
    return yield* mergedWords(trace, words, publishedMerges(vocabulary));
  }
  if (definition === undefined) {
    throw new Fault('bad-input', `There is nothing to be shown of how ${name} works.`, { where: name });
  }
  const words = yield* definitionCuts(trace, text, definition);
  return yield* modelSteps(trace, words, definition);
}

async function* modelSteps(
  trace: Recorder,
  words: readonly string[],
  definition: TokenizerDefinition,
): AsyncGenerator<void, readonly TreeNode[], void> {
  const { model } = definition;
  // No text makes a special token, so none is looked for.
  const special = new Set(definition.addedTokens.flatMap((token) => (token.special ? [token.id] : [])));
  switch (model.type) {
    case 'bpe':
      return yield* mergedWords(trace, words, listedMerges(model, isByteLevel(definition)));
    case 'wordpiece': {
      const { unknown, continuingPrefix, longestWord } = model;
      const entries = model.pieces.flatMap((piece, id) =>
        piece === null || special.has(id) ? [] : [[piece, id] as const],
      );
      const unknownId = model.pieces.indexOf(unknown);
      const table = { ids: new Map(entries), unknownId, continuingPrefix, longestWord };
      for (const [index, word] of shown(trace, words).entries()) {
        yield* wordPieceFrames(trace, word, index, table, unknown);
      }
      return [];
    }
    case 'unigram': {
      const pieces = scoredPieces(model, special);
      for (const word of shown(trace, words)) {
        yield* unigramFrames(trace, word, pieces, { scale: 'logarithm', ids: true });
      }
      return [];
    }
    case 'words':
      return [];
  }
}

async function* mergedWords(
  trace: Recorder,
  words: readonly string[],
  merges: ShownMerges,
): AsyncGenerator<void, readonly TreeNode[], void> {
  const trees: TreeNode[] = [];
  for (const [index, word] of shown(trace, words).entries()) {
    trees.push(...(yield* bpePieceFrames(trace, word, index, merges)).map(({ tree }) => tree));
  }
  return trees;
}

/** The first words; says how many are left out. */
function shown(trace: Recorder, words: readonly string[]): readonly string[] {
  if (words.length > SHOWN_WORDS) {
    trace.frame({
      op: 'shorten',
      label: `The first ${SHOWN_WORDS} of ${many(words.length)} words`,
      note: 'The others are cut in the same way, and are not stepped through.',
    });
  }
  return words.slice(0, SHOWN_WORDS);
}

function isByteLevel({ normalizers, preTokenizers }: TokenizerDefinition): boolean {
  return [...normalizers, ...preTokenizers].some(({ type }) => type === 'byte-level');
}

function scoredPieces({ pieces, unknownId }: UnigramSpec, special: ReadonlySet<number>): ScoredPieces {
  const entries = pieces.flatMap(([piece, score], id) =>
    id === unknownId || special.has(id) ? [] : [[piece, { id, score }] as const],
  );
  return {
    pieces: new Map(entries),
    unknownId: unknownId ?? -1,
    unknownScore: unknownScore(pieces.map(([, score]) => score)),
    longest: entries.reduce((longest, [piece]) => Math.max(longest, piece.length), 1),
  };
}

/** A token as the vocabulary writes it, with the stretch that it stands for where it writes none. */
function pieceOf(tokenizer: Tokenizer, id: number, start: number, end: number, text: string): Piece {
  const entry = tokenizer.entry(id);
  if (entry?.bytes !== undefined) {
    return { text: textOf(entry.bytes), bytes: Array.from(entry.bytes), id };
  }
  return { text: entry?.text ?? spell(new TextEncoder().encode(text.slice(start, end))), id };
}
