// Encodes a text with merges that were learned: from its bytes, the lowest rank first, until nothing merges.

import {
  addToken,
  byteModel,
  choosePair,
  countPairs,
  countWords,
  type MergeRules,
  mergeEverywhere,
  rulesOf,
} from '../tokenizers/bpe.ts';
import { utf8 } from '../tokenizers/bytes.ts';
import { type PreTokenizer, preTokenize } from '../tokenizers/preTokenizer.ts';
import { rulesOfVocabulary } from '../tokenizers/vocabularyRules.ts';
import type { MergedNode } from './bpeNodes.ts';
import { bpePieceFrames } from './bpePieceFrames.ts';
import { pairLabel, preTokenizerParam, vocabularyTable } from './bpeViews.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import type { Recorder } from './recorder.ts';
import { HARBOUR } from './sampleTexts.ts';
import { byteMerges } from './shownMerges.ts';
import { counted, pieceOf, textValue, times, tokensValue, visible, visibleToken } from './views.ts';

/** Merges between two looks at what else there is to do. */
const MERGES_A_TURN = 16;

export const bpeEncode = defineProgram({
  id: 'bpe-encode',
  title: 'Encode with learned merges',
  session: false,
  params: {
    vocabulary: {
      type: 'choice',
      label: 'Merges',
      default: 'trained',
      options: [
        { value: 'trained', label: 'learned from the text' },
        { value: 'gpt2', label: 'GPT-2’s own' },
      ],
    },
    corpus: { type: 'text', label: 'Text to learn from', default: HARBOUR, maxLength: 50_000, multiline: true },
    merges: { type: 'number', label: 'Merges to learn', default: 100, min: 0, max: 2000, step: 1 },
    preTokenizer: preTokenizerParam,
    word: { type: 'text', label: 'Text to encode', default: 'the lanternfish', maxLength: 120 },
  },
  async *run({ params, trace, vocabulary }) {
    const trained = params.vocabulary === 'trained';
    const preTokenizer: PreTokenizer = trained ? (params.preTokenizer as PreTokenizer) : 'gpt2';
    const rules = trained
      ? yield* train(trace, params.corpus, params.merges, preTokenizer)
      : rulesOfVocabulary(await vocabulary('r50k_base'));
    if (!trained) {
      trace.frame({
        op: 'load',
        label: 'Take GPT-2’s vocabulary',
        note: `GPT-2 learned its merges once, from web pages: ${counted(rules.tokens.length, 'token')}, 256 of them single bytes.`,
      });
      yield;
    }

    const word = trace.value(textValue(params.word));
    const pieces = preTokenize(params.word, preTokenizer);
    const piecesId = trace.value(tokensValue(pieces.map((text, index) => pieceOf(utf8(text), { word: index }))));
    trace.frame({
      op: 'pre-tokenize',
      label: 'Cut it a first time',
      note: pieces.length === 0 ? 'There is nothing to encode.' : cutNote(params.word, pieces),
      inputs: { word },
      outputs: { preTokens: piecesId },
      source: places.preTokenize,
    });
    yield;

    const merges = byteMerges(rules);
    const nodes: MergedNode[] = [];
    for (const [index, piece] of pieces.entries()) {
      nodes.push(...(yield* bpePieceFrames(trace, piece, index, merges)));
    }

    trace.frame({
      op: 'result',
      label: 'The ids',
      note: resultNote(params.word, nodes, rules),
      inputs: { preTokens: piecesId },
      outputs: {
        ids: trace.value(
          tokensValue(nodes.map(({ id, word }) => pieceOf(rules.tokens[id]!, { id, word, role: 'new' }))),
        ),
        tree: trace.value({ kind: 'tree', roots: nodes.map(({ tree }) => tree) }),
      },
      source: places.encodeBpe,
    });
    yield;
  },
});

async function* train(
  trace: Recorder,
  corpus: string,
  merges: number,
  preTokenizer: PreTokenizer,
): AsyncGenerator<void, MergeRules, void> {
  const model = byteModel();
  const pairs = countPairs(countWords(preTokenize(corpus, preTokenizer)));
  while (model.merges.length < merges) {
    const best = choosePair(pairs);
    if (best === undefined) {
      break;
    }
    mergeEverywhere(pairs, best, addToken(model, best));
    if (model.merges.length % MERGES_A_TURN === 0) {
      yield;
    }
  }
  const learned = model.merges.length;
  const short = learned < merges ? ', because no pair occurs twice any more' : '';
  const first = model.merges[0];
  trace.frame({
    op: 'train',
    label: 'Learn the merges',
    note:
      first === undefined
        ? 'No merge was learned, so every byte stays a token of its own.'
        : `${counted(learned, 'merge')} learned from the text${short}; the first was ${pairLabel(first.left, first.right, model.tokens)}, which occurred ${times(first.count)}.`,
    inputs: { corpus: trace.value(textValue(corpus)) },
    outputs: { vocabulary: trace.value(vocabularyTable(model)) },
    source: places.trainBpe,
  });
  yield;
  return rulesOf(model);
}

function cutNote(word: string, pieces: readonly string[]): string {
  return pieces.length === 1
    ? `“${visible(word)}” stays in one piece.`
    : `“${visible(word)}” is cut into ${counted(pieces.length, 'piece')}; each is encoded by itself.`;
}

function resultNote(word: string, nodes: readonly MergedNode[], rules: MergeRules): string {
  if (nodes.length === 0) {
    return 'An empty text has no tokens.';
  }
  const names = nodes.slice(0, 6).map(({ id }) => `“${visibleToken(rules.tokens[id]!)}” ${id}`);
  return `“${visible(word)}” becomes ${counted(nodes.length, 'token')}: ${names.join(', ')}${nodes.length > 6 ? ', …' : ''}.`;
}
