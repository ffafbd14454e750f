// a - b + c, looked up among the model's words, given items, or the index's chunks.

import type { Embedder } from '../../retrieval/embedder.ts';
import { type AnalogyInputs, type Answer, analogySum, judge } from '../../retrieval/vectors/analogies.ts';
import { rank } from '../../retrieval/vectors/neighbours.ts';
import type { Analogy, AnalogyAnswer, EmbeddedItem } from '../../shared/embeddingMessages.ts';
import { Fault } from '../../shared/errors.ts';
import { type CallParts, type EmbeddingSource, embedItems, openIndexOf, placeOf } from './embeddingSource.ts';
import type { Words } from './embeddingWords.ts';

const NAMES = ['a', 'b', 'c'] as const;
type Inputs = Readonly<Record<(typeof NAMES)[number], string>>;

export interface AnalogyQuestion extends Inputs {
  readonly model: string;
  readonly among: 'words' | 'items' | 'index';
  readonly items?: readonly EmbeddedItem[] | undefined;
  readonly limit: number;
}

/** The nearest to a vector, best first, and out of how many. */
type LookUp = (target: Float32Array, limit: number) => Promise<{ answers: AnalogyAnswer[]; searched: number }>;

export async function findAnalogyIn(
  source: EmbeddingSource,
  embedder: Embedder,
  question: AnalogyQuestion,
  words: () => Promise<Words | undefined>,
  call: CallParts,
): Promise<Analogy> {
  const { model, limit } = question;
  const lookUp = await lookUpOf(source, embedder, question, words, call);
  const [a, b, c] = await embedder.embed([question.a, question.b, question.c], { signal: call.signal });
  const inputs: AnalogyInputs = { a, b, c };
  const sum = analogySum(inputs);
  // Three more than wanted: so many may be the inputs themselves.
  const { answers, searched } = await lookUp(sum.target, limit + NAMES.length + 1);
  const marked = withInputs(answers, question, sum.cosines).slice(0, limit + NAMES.length);
  const others = marked.filter(({ input }) => input === undefined);
  const { verdict, margin, said } = judge(inputs, sum, question, marked, others);
  return {
    model,
    withInputs: marked.slice(0, limit),
    withoutInputs: others.slice(0, limit),
    cosines: sum.cosines,
    margin,
    length: sum.length,
    searched,
    verdict,
    said,
  };
}

/** Answers that are one of the inputs are marked; inputs that stand nowhere among what was searched are put in. */
function withInputs(
  answers: readonly AnalogyAnswer[],
  inputs: Inputs,
  cosines: Readonly<Record<string, number>>,
): AnalogyAnswer[] {
  const nameOf = (text: string) => NAMES.find((name) => plain(inputs[name]) === plain(text));
  const marked = answers.map((answer): AnalogyAnswer & Answer => {
    const input = nameOf(answer.text);
    return input === undefined ? answer : { ...answer, input };
  });
  const there = new Set(marked.map(({ text }) => plain(text)));
  const absent = NAMES.filter((name, i) => {
    const isFirst = NAMES.findIndex((other) => plain(inputs[other]) === plain(inputs[name])) === i;
    return isFirst && !there.has(plain(inputs[name]));
  });
  const added = absent.map((name): AnalogyAnswer => ({ text: inputs[name], cosine: cosines[name], input: name }));
  return [...marked, ...added].sort((x, y) => y.cosine - x.cosine);
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}

async function lookUpOf(
  source: EmbeddingSource,
  embedder: Embedder,
  { among, items }: AnalogyQuestion,
  words: () => Promise<Words | undefined>,
  call: CallParts,
): Promise<LookUp> {
  if (among === 'words') {
    return lookUpWords(embedder, await words());
  }
  if (among === 'items') {
    if (items === undefined) {
      throw new Fault('bad-params', 'There are no items to choose the answer from.', { where: 'items' });
    }
    const { infos, texts, vectors } = await embedItems(source, embedder, items, call);
    return async (target, limit) => ({
      answers: rank(vectors, target, limit).map(({ index, score }) => {
        const { place, name } = infos[index];
        return {
          text: place === undefined ? texts[index].slice(0, 400) : name,
          cosine: score,
          ...(place && { place }),
        };
      }),
      searched: vectors.length,
    });
  }
  return lookUpChunks(source, embedder);
}

function lookUpWords({ label }: Embedder, words: Words | undefined): LookUp {
  if (words === undefined) {
    throw new Fault('not-found', `${label} has no vectors of single words.`, {
      remedy: 'Choose the static model, or give the texts to choose from.',
    });
  }
  const { index, textOf, vectorOf } = words;
  const rescore = (ids: readonly number[]) => new Map(ids.map((id) => [id, vectorOf(id)]));
  return async (target, limit) => ({
    answers: index.nearest(target, limit, { rescore }).map(({ key, score }) => ({ text: textOf(key), cosine: score })),
    searched: index.size,
  });
}

async function lookUpChunks(source: EmbeddingSource, embedder: Embedder): Promise<LookUp> {
  const { store } = await openIndexOf(source);
  const searched = (await store.counts()).vectors[embedder.id] ?? 0;
  if (searched === 0) {
    throw new Fault('not-found', `No chunk of the index has a vector of ${embedder.label} yet.`, {
      remedy: 'Wait until the index is made, or choose another model.',
    });
  }
  return async (target, limit) => {
    const near = await store.nearest(embedder.id, target, limit);
    const chunks = new Map((await store.chunks(near.map(({ chunk }) => chunk))).map((chunk) => [chunk.id, chunk]));
    const answers = near.flatMap(({ chunk: id, score }) => {
      const chunk = chunks.get(id);
      return chunk === undefined ? [] : [{ text: chunk.text.slice(0, 400), cosine: score, place: placeOf(chunk) }];
    });
    return { answers, searched };
  };
}
