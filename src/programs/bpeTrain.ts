// Byte pair encoding learns merges from a text, one at a time: count the pairs, choose one, merge it, number it.

import type { Cell } from '../shared/trace.ts';
import {
  addToken,
  byteModel,
  choosePair,
  countPairs,
  countWords,
  mergeEverywhere,
  type Pair,
} from '../tokenizers/bpe.ts';
import { utf8 } from '../tokenizers/bytes.ts';
import { type PreTokenizer, preTokenize } from '../tokenizers/preTokenizer.ts';
import {
  cutPieces,
  firstWords,
  PAIR_COLUMNS,
  pairLabel,
  pairRows,
  pairsTable,
  preTokenizerParam,
  vocabularyTable,
} from './bpeViews.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { LANTERNS } from './sampleTexts.ts';
import {
  counted,
  many,
  pieceOf,
  rounded,
  SHOWN_PIECES,
  tableValue,
  textValue,
  times,
  tokensValue,
  visibleToken,
} from './views.ts';

export const bpeTrain = defineProgram({
  id: 'bpe-train',
  title: 'Train byte pair encoding',
  session: false,
  params: {
    text: { type: 'text', label: 'Text', default: LANTERNS, maxLength: 50_000, multiline: true },
    merges: { type: 'number', label: 'Merges', default: 12, min: 0, max: 500, step: 1 },
    preTokenizer: preTokenizerParam,
  },
  async *run({ params, trace }) {
    const { text, merges } = params;
    const preTokenizer = params.preTokenizer as PreTokenizer;
    const byteCount = utf8(text).length;

    const textId = trace.value(textValue(text));
    trace.frame({
      op: 'read',
      label: 'Read the text',
      note:
        text === ''
          ? 'The text is empty, so there is nothing to learn from.'
          : `Here is the text: ${counted(text.length, 'character')}.`,
      outputs: { text: textId },
    });
    yield;

    const preTokens = preTokenize(text, preTokenizer);
    const words = countWords(preTokens);
    const shown = preTokens.slice(0, SHOWN_PIECES).map((piece, word) => pieceOf(utf8(piece), { word }));
    const preTokensId = trace.value(tokensValue(shown, preTokens.length));
    trace.frame({
      op: 'pre-tokenize',
      label: 'Cut it a first time',
      note: cutNote(preTokenizer, preTokens.length, words.length),
      inputs: { text: textId },
      outputs: { preTokens: preTokensId },
      source: places.preTokenize,
    });
    yield;

    const model = byteModel();
    const beginning = firstWords(preTokens, words);
    let tokens = byteCount;
    let before = trace.value(tokensValue(cutPieces(beginning, model.tokens), tokens));
    trace.frame({
      op: 'to-bytes',
      label: 'Begin with bytes',
      note: `At first every byte is a token of its own: ${counted(tokens, 'token')} for ${counted(text.length, 'character')}.`,
      inputs: { preTokens: preTokensId },
      outputs: { tokens: before },
      source: places.countWords,
    });
    yield;

    const compression: Cell[][] = [[0, tokens, 1]];
    const pairs = countPairs(words);
    let stopped: string | undefined;
    for (let merge = 1; merge <= merges; merge++) {
      const best = choosePair(pairs);
      const step =
        best &&
        trace.frame({
          op: 'merge-step',
          // Not the pair's name: the learner may be about to bet on it.
          label: `Merge ${merge}`,
          note: `Merge ${merge} of ${merges}: count the pairs, choose one, merge it everywhere, give it a number.`,
          inputs: { tokens: before },
        });
      if (step !== undefined) {
        yield;
      }

      const rows = pairRows(pairs, words, model.tokens);
      const pairsId = trace.value(pairsTable(rows, pairs.size));
      trace.frame({
        op: 'count-pairs',
        parent: step,
        label: 'Count the pairs',
        note: countNote(pairs.size, [...pairs.values()].filter((pair) => pair.count > 1).length),
        formula: 'count(a, b) = how often b follows a inside a piece',
        inputs: { tokens: before },
        outputs: { pairs: pairsId },
        source: places.countPairs,
      });
      yield;
      if (best === undefined) {
        stopped = pairs.size === 0 ? 'nothing is left to merge' : 'no pair occurs twice any more';
        break;
      }

      const label = pairLabel(best.left, best.right, model.tokens);
      trace.frame({
        op: 'choose-pair',
        parent: step,
        label: 'Choose the most frequent pair',
        note: chooseNote(label, best, rows.filter((row) => row[1] === best.count).length),
        formula: 'the pair with the largest count(a, b); of equals, the one that stands first in the text',
        inputs: { pairs: pairsId },
        outputs: { chosen: trace.value(tableValue(PAIR_COLUMNS, rows.slice(0, 1), [{ row: 0, role: 'chosen' }])) },
        source: places.choosePair,
      });
      yield;

      const { count } = best;
      const id = addToken(model, best);
      mergeEverywhere(pairs, best, id);
      tokens -= count;
      compression.push([merge, tokens, rounded(byteCount / tokens)]);
      const pieces = cutPieces(beginning, model.tokens, id);
      const after = trace.value(tokensValue(pieces, tokens));
      const unseen = pieces.some((piece) => piece.role === 'new') ? '' : ' All of them lie behind the part shown here.';
      trace.frame({
        op: 'merge',
        parent: step,
        label: `Merge ${label}`,
        note: `${label} becomes one token, ${times(count)}: ${counted(tokens + count, 'token')} shrink to ${many(tokens)}.${unseen}`,
        inputs: { before },
        outputs: { after },
        source: places.mergeEverywhere,
      });
      yield;

      trace.frame({
        op: 'add-to-vocabulary',
        parent: step,
        label: `Number it: ${id}`,
        note: `“${visibleToken(model.tokens[id]!)}” is token ${id}; below it stand the 256 bytes${merge > 1 ? ` and ${counted(merge - 1, 'earlier merge')}` : ''}.`,
        outputs: { vocabulary: trace.value(vocabularyTable(model)) },
        source: places.addToken,
      });
      before = after;
      yield;
    }

    const learned = model.merges.length;
    trace.frame({
      op: 'result',
      label: stopped === undefined ? 'Done' : `Stopped early: ${stopped}`,
      note: resultNote({ learned, asked: merges, byteCount, tokens, stopped }),
      inputs: { tokens: before },
      outputs: {
        compression: trace.value(
          tableValue(
            [
              { id: 'merges', label: 'merges', type: 'number' },
              { id: 'tokens', label: 'tokens', type: 'number' },
              { id: 'bytesPerToken', label: 'bytes per token', type: 'number' },
            ],
            compression,
            [{ row: compression.length - 1, role: 'new' }],
            compression.length,
          ),
        ),
        vocabulary: trace.value(vocabularyTable(model)),
      },
      source: places.trainBpe,
    });
  },
});

function cutNote(preTokenizer: PreTokenizer, pieces: number, different: number): string {
  if (pieces < 2) {
    return pieces === 0 ? 'There is nothing to cut.' : 'The whole text is one piece, so any two neighbours may merge.';
  }
  const cut = preTokenizer === 'gpt2' ? 'GPT-2’s pattern makes' : 'Cutting before white space makes';
  return `${cut} ${counted(pieces, 'piece')}, ${many(different)} of them different. No merge will cross a border between two.`;
}

function countNote(pairs: number, frequent: number): string {
  if (pairs === 0) {
    return 'There is no pair: no piece has two tokens side by side.';
  }
  const twice =
    frequent === 0 ? 'none of them occurs' : `${many(frequent)} of them ${frequent === 1 ? 'occurs' : 'occur'}`;
  return `${counted(pairs, 'different pair')} of neighbours; ${twice} more than once.`;
}

function chooseNote(label: string, best: Pair, tied: number): string {
  const seen = `${label} occurs ${times(best.count)}`;
  return tied > 1
    ? `${seen}. Other pairs occur as often; this one stands first in the text, so it wins.`
    : `${seen}, more often than any other pair.`;
}

function resultNote(run: {
  learned: number;
  asked: number;
  byteCount: number;
  tokens: number;
  stopped: string | undefined;
}): string {
  const { learned, asked, byteCount, tokens, stopped } = run;
  if (byteCount === 0) {
    return 'There was no text, so nothing was learned. Type some and run it again.';
  }
  const why = stopped === undefined ? '' : ` It stopped at ${many(learned)} of ${many(asked)} because ${stopped}.`;
  return `After ${counted(learned, 'merge')}, ${counted(byteCount, 'byte')} are ${counted(tokens, 'token')}: ${rounded(byteCount / tokens)} bytes a token.${why}`;
}
