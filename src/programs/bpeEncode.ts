// Encodes a text with merges that were learned: from its bytes, the lowest rank first, until nothing merges.

import type { Cell, FrameId, TableValue, ValueId } from '../shared/trace.ts';
import {
  addToken,
  byteModel,
  choosePair,
  countPairs,
  countWords,
  lowestRank,
  type MergeRules,
  mergeEverywhere,
  rulesOf,
} from '../tokenizers/bpe.ts';
import { utf8 } from '../tokenizers/bytes.ts';
import { type PreTokenizer, preTokenize } from '../tokenizers/preTokenizer.ts';
import { rulesOfVocabulary } from '../tokenizers/vocabularyRules.ts';
import { leaf, type MergedNode, mergeNodes, rankOf, symbolsValue } from './bpeNodes.ts';
import { pairLabel, preTokenizerParam, vocabularyTable } from './bpeViews.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import type { Recorder } from './recorder.ts';
import { HARBOUR } from './sampleTexts.ts';
import { counted, many, pieceOf, tableValue, textValue, times, tokensValue, visible, visibleToken } from './views.ts';

/** Merges between two looks at what else there is to do. */
const MERGES_A_TURN = 16;

const RANK_COLUMNS: TableValue['columns'] = [
  { id: 'pair', label: 'pair', type: 'text' },
  { id: 'rank', label: 'rank', type: 'number' },
  { id: 'id', label: 'would become', type: 'number' },
];

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

    const nodes: MergedNode[] = [];
    for (const [index, piece] of pieces.entries()) {
      nodes.push(...(yield* encodePiece(trace, piece, index, rules)));
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

async function* encodePiece(
  trace: Recorder,
  piece: string,
  word: number,
  rules: MergeRules,
): AsyncGenerator<void, readonly MergedNode[], void> {
  const { tokens } = rules;
  const bytes = utf8(piece);
  let nodes: readonly MergedNode[] = Array.from(bytes, (byte) => leaf(rules.idOfByte(byte), word, tokens));
  let before = trace.value(symbolsValue(nodes, tokens));
  const parent = trace.frame({
    op: 'to-bytes',
    label: `Begin “${visible(piece)}” with bytes`,
    note: `“${visible(piece)}” begins as ${counted(bytes.length, 'byte')}, each a token.`,
    outputs: { tokens: before },
    source: places.encodeBpe,
  });
  yield;

  for (;;) {
    const symbols = nodes.map((node) => node.id);
    const ranks = rankPairs(trace, symbols, rules, before, parent);
    yield;
    const next = lowestRank(symbols, rules);
    if (next === undefined) {
      return nodes;
    }
    const label = pairLabel(next.left, next.right, tokens);
    trace.frame({
      op: 'choose-pair',
      parent,
      label: 'Choose the lowest rank',
      note: `${label} has rank ${rankOf(next.id)}, the lowest: of these pairs it was learned first.`,
      inputs: { ranks },
      outputs: {
        chosen: trace.value(
          tableValue(RANK_COLUMNS, [[label, rankOf(next.id), next.id]], [{ row: 0, role: 'chosen' }]),
        ),
      },
      source: places.lowestRank,
    });
    yield;

    const merged = mergeNodes(nodes, next, tokens);
    const occurrences = nodes.length - merged.length;
    nodes = merged;
    const after = trace.value(symbolsValue(nodes, tokens, next.id));
    trace.frame({
      op: 'merge',
      parent,
      label: `Merge ${label}`,
      note: `${label} becomes token ${next.id}${occurrences > 1 ? `, ${times(occurrences)}` : ''}; ${counted(nodes.length, 'token')} left.`,
      inputs: { before },
      outputs: { after },
      source: places.mergePair,
    });
    before = after;
    yield;
  }
}

/** Records the ranks of all pairs of neighbours, each pair once, as they stand. Returns the table of them. */
function rankPairs(
  trace: Recorder,
  symbols: readonly number[],
  rules: MergeRules,
  tokens: ValueId,
  parent: FrameId,
): ValueId {
  const rows = new Map<string, Cell[]>();
  for (let i = 0; i + 1 < symbols.length; i++) {
    const label = pairLabel(symbols[i]!, symbols[i + 1]!, rules.tokens);
    const id = rules.rankOf(symbols[i]!, symbols[i + 1]!);
    rows.set(`${symbols[i]} ${symbols[i + 1]}`, [label, id === undefined ? null : rankOf(id), id ?? null]);
  }
  const all = [...rows.values()];
  const known = all.filter((row) => row[1] !== null).length;
  const dim = all.flatMap((row, index) => (row[1] === null ? [{ row: index, role: 'dim' as const }] : []));
  const table = trace.value(tableValue(RANK_COLUMNS, all, dim, all.length));
  trace.frame({
    op: 'rank-pairs',
    parent,
    label: known === 0 ? 'Nothing more to merge' : 'Look up the rank of each pair',
    note: rankNote(symbols.length, all.length, known),
    formula: 'rank(a, b) = when the merge of a and b was learned',
    inputs: { tokens },
    outputs: { ranks: table },
    source: places.lowestRank,
  });
  return table;
}

function cutNote(word: string, pieces: readonly string[]): string {
  return pieces.length === 1
    ? `“${visible(word)}” stays in one piece.`
    : `“${visible(word)}” is cut into ${counted(pieces.length, 'piece')}; each is encoded by itself.`;
}

function rankNote(symbols: number, pairs: number, known: number): string {
  if (symbols < 2) {
    return 'One token is left, so there is no pair: finished.';
  }
  if (known === 0) {
    return 'None of these pairs was ever merged in training: finished.';
  }
  return `Of ${counted(pairs, 'different pair')}, ${many(known)} ${known === 1 ? 'was' : 'were'} merged in training.`;
}

function resultNote(word: string, nodes: readonly MergedNode[], rules: MergeRules): string {
  if (nodes.length === 0) {
    return 'An empty text has no tokens.';
  }
  const names = nodes.slice(0, 6).map(({ id }) => `“${visibleToken(rules.tokens[id]!)}” ${id}`);
  return `“${visible(word)}” becomes ${counted(nodes.length, 'token')}: ${names.join(', ')}${nodes.length > 6 ? ', …' : ''}.`;
}
