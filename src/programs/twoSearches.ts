// One question, asked of the tenancy agreement in two ways: by words and by meaning. Then both rankings made into one, and
// the first of it read again by a better model.

import { FUSION_WEIGHTS, fuse, RRF_K } from '../retrieval/fuse.ts';
import { markTerms } from '../retrieval/lexical/terms.ts';
import { reranked } from '../retrieval/rerank.ts';
import type { Ranked } from '../retrieval/vectors/neighbours.ts';
import type { Cell, TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { CLAUSE_TEXTS, clauseName } from './tenancy.ts';
import { agreementFrame } from './tenancyAgreement.ts';
import { asked, byMeaning, byWords, chosenModel, distinctTerms, indexesOf, modelParam } from './tenancySearch.ts';
import { counted, tableValue, textValue } from './views.ts';

const SHOWN = 5;
/** Clauses that a guess is offered: the nearest, whichever search they are near to. */
const GUESSES = 4;

const LISTS: TableValue['columns'] = [
  { id: 'place', label: '', type: 'number' },
  { id: 'words', label: 'by words: score', type: 'text' },
  { id: 'meaning', label: 'by meaning: cosine', type: 'text' },
];
const CANDIDATES: TableValue['columns'] = [{ id: 'clause', label: 'clause', type: 'text' }];
const FUSED: TableValue['columns'] = [
  { id: 'clause', label: 'clause', type: 'text' },
  { id: 'sum', label: 'sum', type: 'number' },
  { id: 'words', label: 'by words', type: 'text' },
  { id: 'meaning', label: 'by meaning', type: 'text' },
];
const RERANKED: TableValue['columns'] = [
  { id: 'clause', label: 'clause', type: 'text' },
  { id: 'before', label: 'before', type: 'number' },
  { id: 'cosine', label: 'its cosine', type: 'number' },
  { id: 'second', label: 'by it', type: 'number' },
  { id: 'sum', label: 'sum', type: 'number' },
];

export const twoSearches = defineProgram({
  id: 'two-searches',
  title: 'One question, two searches',
  session: false,
  params: {
    query: { type: 'text', label: 'You ask', default: 'feline pets', maxLength: 300 },
    model: modelParam,
    k: {
      type: 'number',
      label: 'k: how little the first places stand out',
      default: RRF_K,
      min: 0,
      max: 100,
      step: 1,
    },
    weight: {
      type: 'number',
      label: 'What the list by meaning counts',
      default: FUSION_WEIGHTS.vector,
      min: 0,
      max: 2,
      step: 0.1,
    },
    fused: { type: 'switch', label: 'Go on and make one list', default: false },
    guess: { type: 'switch', label: 'Clauses to guess from', default: false },
  },
  async *run({ params: { query, model, k, weight, fused: goOn, guess }, trace, models }) {
    const { embedder, instead } = await chosenModel(models, model);
    const terms = new Set(distinctTerms(query));
    const words = byWords(query);
    const meaning = await byMeaning(embedder, query);
    const [byWord, near] = [words[0], meaning[0]!];
    const text = (index: number) => {
      const clause = CLAUSE_TEXTS[index]!;
      return trace.value(
        textValue(
          clause,
          markTerms(clause, terms).map((mark) => ({ ...mark, role: 'match' as const })),
        ),
      );
    };
    trace.frame({
      op: 'search',
      label: 'Two lists',
      note: [
        ...(instead === undefined ? [] : [instead]),
        byWord === undefined
          ? `No clause has a word of “${asked(query)}” in it, so the search by words comes back empty.`
          : `${counted(words.length, 'clause')} ${words.length === 1 ? 'has' : 'have'} a word of “${asked(query)}”; the best is ${clauseName(byWord.index)}.`,
        `By meaning the nearest is ${clauseName(near.index)}, with a cosine of ${decimal(near.score, 3)}.`,
      ].join(' '),
      ...(guess && {
        inputs: {
          candidates: trace.value(
            tableValue(
              CANDIDATES,
              candidates(words, meaning).map(({ index }) => [clauseName(index)]),
              [{ row: 0, role: 'chosen' }],
            ),
          ),
        },
      }),
      outputs: {
        lists: trace.value(
          tableValue(
            LISTS,
            Array.from({ length: SHOWN }, (_, i) => [i + 1, cellOf(words[i], 2), cellOf(meaning[i], 3)]),
          ),
        ),
        ...(byWord !== undefined && byWord.index !== near.index && { 'best by words': text(byWord.index) }),
        [byWord?.index === near.index ? 'best by both' : 'best by meaning']: text(near.index),
      },
    });
    yield;
    if (!goOn) {
      agreementFrame(trace, terms);
      yield;
      return;
    }

    const fused = fuse([indexesOf(words), indexesOf(meaning)], [1, weight], { k });
    const [best] = fused;
    const [first, second] = best!.parts;
    const part = (of: number, place: number | undefined) =>
      place === undefined ? 'nothing' : `${decimal(of)} / (${k} + ${place})`;
    trace.frame({
      op: 'fuse',
      label: 'One list out of two',
      note: `Each cell is a place and what it’s worth. ${clauseName(best!.id)} gets ${part(1, first!.rank)} from the words and ${part(weight, second!.rank)} from the meaning: ${decimal(best!.score, 3)} together.`,
      formula: 'sum of weight / (k + place)',
      source: places.fuse,
      outputs: {
        fused: trace.value(
          tableValue(
            FUSED,
            fused
              .slice(0, SHOWN)
              .map(({ id, score, parts: [word, near] }): Cell[] => [
                clauseName(id),
                short(score),
                worthOf(word!),
                worthOf(near!),
              ]),
            [{ row: 0, role: 'chosen' }],
          ),
        ),
      },
    });
    yield;

    const better = await chosenModel(models, 'minilm');
    const before = fused.slice(0, SHOWN).map(({ id }) => id);
    if (better.instead !== undefined) {
      trace.frame({
        op: 'rerank',
        label: 'Read the first ones again',
        note: `all-MiniLM-L6-v2 would read the first ${SHOWN} clauses again here. It isn’t on this machine, so the list stays as it is.`,
        outputs: {
          reranked: trace.value(
            tableValue(
              RERANKED.slice(0, 2),
              before.map((id, place) => [clauseName(id), place + 1]),
            ),
          ),
        },
      });
      yield;
      return;
    }
    const cosines = new Map((await byMeaning(better.embedder, query)).map(({ index, score }) => [index, score]));
    const again = reranked(
      before,
      before.map((id) => cosines.get(id)!),
    );
    trace.frame({
      op: 'rerank',
      label: 'Read the first ones again',
      note: `all-MiniLM-L6-v2 compares the question with the first ${SHOWN} alone. Its order and the order so far are fused once more, with equal weights. First is ${clauseName(again[0]!.id)}.`,
      source: places.reranked,
      outputs: {
        reranked: trace.value(
          tableValue(
            RERANKED,
            again.map(({ id, score, parts: [so, now] }): Cell[] => [
              clauseName(id),
              so!.rank ?? null,
              short(cosines.get(id)!),
              now!.rank ?? null,
              short(score),
            ]),
            [{ row: 0, role: 'chosen' }],
          ),
        ),
      },
    });
    yield;
  },
});

/** The best by meaning first, then what only the words brought in. */
function candidates(words: readonly Ranked[], meaning: readonly Ranked[]): readonly Ranked[] {
  const near = new Set([...meaning.slice(0, GUESSES), ...words.slice(0, 1)].map(({ index }) => index));
  return meaning.filter(({ index }) => near.has(index));
}

function cellOf(found: Ranked | undefined, digits: number): Cell {
  return found === undefined ? '–' : `${clauseName(found.index)}: ${decimal(found.score, digits)}`;
}

const worthOf = ({ rank, adds }: { readonly rank: number | undefined; readonly adds: number }): Cell =>
  rank === undefined ? '–' : `${rank} → ${decimal(adds, 3)}`;

const short = (value: number) => Math.round(value * 1000) / 1000;
