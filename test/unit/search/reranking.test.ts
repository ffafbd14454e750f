// The better model's part in answers: as far as there is time, from vectors that are there first, and never in the way.

import { describe, expect, it, vi } from 'vitest';
import { FUSION_WEIGHTS, RRF_K } from '../../../src/retrieval/fuse.ts';
import { RERANKED, reranked } from '../../../src/retrieval/rerank.ts';
import type { SearchStore } from '../../../src/retrieval/store.ts';
import type { Ranked } from '../../../src/services/search/ranking.ts';
import { KeptVectors, PATIENCE_MS, reorder } from '../../../src/services/search/reranking.ts';
import type { SearchService } from '../../../src/services/search/searchService.ts';
import { neverCancelled } from '../../../src/shared/environment.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { faultOf } from '../worker/modelWorkerParts.ts';
import { WordModel, Workspace } from './serviceParts.ts';

/** Chunk i has the text "chunk i"; to this model the later ones are the better ones. Each text takes it so long. */
class Slow extends WordModel {
  override readonly dimensions: number = 2;
  now = 0;
  readonly #each: number;

  constructor(each: number) {
    super('slow-1');
    this.#each = each;
  }

  override async embed(texts: readonly string[]) {
    this.embedded.push(...texts);
    this.now += this.#each * texts.length;
    return texts.map(vectorOf);
  }
}

function vectorOf(text: string): Float32Array {
  const angle = text === 'asked' ? 0 : 1 - Number(text.slice(6)) / 100;
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
}

const order: readonly Ranked[] = Array.from({ length: 60 }, (_, i) => ({
  ...{ id: i, score: 1 - i / 100, lexical: null, vector: null, before: null, rerank: null },
}));

function parts(model: Slow, stored: readonly number[] = [], kept = new KeptVectors()) {
  const store = {
    vectors: async (_: string, ids: readonly number[]) =>
      new Map(ids.filter((id) => stored.includes(id)).map((id) => [id, vectorOf(`chunk ${id}`)])),
    chunks: async (ids: readonly number[]) => ids.map((id) => ({ id, names: [], text: `chunk ${id}` })),
  } as unknown as SearchStore;
  const clock = { now: () => 0, elapsed: () => model.now };
  return { model, store, kept, clock, scanned: [], patience: PATIENCE_MS, signal: neverCancelled };
}

describe('putting the best in order anew', () => {
  it('takes both orders into account, loses nothing, and leaves the rest behind', async () => {
    const { order: all, uncompared } = await reorder(order, 'asked', parts(new Slow(0)));
    expect(uncompared).toBe(0);
    expect(all.map(({ id }) => id).sort((a, b) => a - b)).toEqual(order.map(({ id }) => id));
    const places = order.slice(0, RERANKED).map(({ id }) => id);
    const expected = reranked(places, places); // the later, the better
    expect(all.slice(0, RERANKED).map(({ id, score }) => [id, score])).toEqual(
      expected.map((one) => [one.id, one.score]),
    );
    expect(all.slice(RERANKED).map(({ id, before, rerank }) => [id, before, rerank])).toEqual(
      order.slice(RERANKED).map(({ id }) => [id, id + 1, null]),
    );
    expect(all[0]!.rerank!.score).toBeCloseTo(Math.cos(1 - all[0]!.id / 100), 6);
  });

  it('ends when the time is over: those that it reached stand first, and scores fall all the way', async () => {
    const model = new Slow(PATIENCE_MS / 10);
    const { order: some, uncompared } = await reorder(order, 'asked', parts(model));
    expect(model.embedded).toHaveLength(1 + 10);
    expect(uncompared).toBe(RERANKED - 10);
    const first = some.slice(0, 10);
    expect(first.map(({ id }) => id).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(first.every(({ rerank }) => rerank !== null)).toBe(true);
    expect(some.slice(10).map(({ id }) => id)).toEqual(order.slice(10).map(({ id }) => id));
    const scores = some.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('asks the model for nothing that the store has, and for nothing twice', async () => {
    const kept = new KeptVectors();
    const model = new Slow(1);
    await reorder(order, 'asked', parts(model, [0, 2], kept));
    expect(model.embedded).not.toContain('chunk 0');
    expect(model.embedded).toContain('chunk 1');
    expect(model.embedded).toHaveLength(1 + RERANKED - 2);
    await reorder(order, 'asked', parts(model, [0, 2], kept));
    expect(model.embedded).toHaveLength(2 + RERANKED - 2); // the query alone
  });

  it('goes on where it was stopped, one query after the other', async () => {
    const kept = new KeptVectors();
    const model = new Slow(PATIENCE_MS / 32);
    const compared = async () => {
      const { order: found } = await reorder(order, 'asked', parts(model, [], kept));
      return found.filter(({ rerank }) => rerank !== null).length;
    };
    expect([await compared(), await compared()]).toEqual([32, RERANKED]);
  });

  it('keeps the order where the model knows nothing of the query, or has no time', async () => {
    const model = new Slow(1);
    model.embed = async (texts) => texts.map(() => new Float32Array(2));
    expect((await reorder(order, 'asked', parts(model))).order).toBe(order);
    expect((await reorder(order, '', parts(new Slow(1)))).order).toBe(order);
    const hurried = await reorder(order, 'asked', { ...parts(new Slow(1)), patience: 0 });
    expect(hurried).toEqual({ order, uncompared: RERANKED });
  });

  it('forgets the oldest', async () => {
    const kept = new KeptVectors();
    const model = new Slow(0);
    for (let i = 0; i < 2001; i++) {
      await kept.of(model, `chunk ${i}`, neverCancelled);
    }
    expect([kept.has(model, 'chunk 0'), kept.has(model, 'chunk 1'), kept.has(model, 'chunk 2000')]).toEqual([
      ...[false, true, true],
    ]);
  });
});

const files = {
  'cars.md': '# Cars\n\nAn auto is retried after a minute.\n',
  'cats.md': '# Cats\n\nA kitten, retried. After that it sleeps.\n',
};

async function ready(service: SearchService, vectors: number): Promise<void> {
  await vi.waitFor(async () => expect((await service.health()).models[1]).toMatchObject({ state: 'ready', vectors }));
}

describe('a better model', () => {
  it('that has the whole index is fused with the words, by its own weight, and not asked twice', async () => {
    await using workspace = await Workspace.with(files);
    const better = new WordModel('better-1');
    const models = async () => ({ embedder: async () => better }) as never;
    const service = await workspace.settled({ models }, { embedder: 'minilm', rerank: true });
    await ready(service, 2);
    const { hits, models: took } = await service.query('an automobile', { top: 2 });
    expect(took).toEqual([better.label]);
    expect(hits[0]).toMatchObject({ path: 'cars.md', rerank: null });
    const why = await service.explain('an automobile', { chunk: hits[0]!.chunk });
    expect(why.fusion.map(({ part, weight }) => [part, weight])).toEqual([
      ['lexical', FUSION_WEIGHTS.lexical],
      ['vector', FUSION_WEIGHTS.sentence],
    ]);
    const { rank, adds } = why.fusion[1]!;
    expect(adds).toBeCloseTo(FUSION_WEIGHTS.sentence / (RRF_K + rank!), 12);
    // By words alone it still has its say.
    const words = await service.query('an automobile', { top: 2, parts: ['lexical', 'rerank'] });
    expect(words.hits[0]).toMatchObject({ rerank: { rank: expect.any(Number) } });
  });

  it.each([
    ['is missing', new Fault('model-missing', 'It was never fetched.'), 0],
    ['is broken', new Fault('bad-input', 'Its file is torn.'), 1],
  ])('that %s leaves the hits as they were, and is spoken of where that is news', async (_, fault, notes) => {
    await using workspace = await Workspace.with(files);
    const models = async () => ({ embedder: () => Promise.reject(fault) }) as never;
    const service = await workspace.settled({ models }, { embedder: 'minilm', rerank: true });
    await service.query('auto', { top: 2 });
    const { hits, notes: said } = await service.query('auto', { top: 2 });
    expect(hits.map((hit) => hit.path)).toContain('cars.md');
    expect(said.filter((note) => note.includes('better model'))).toHaveLength(notes);
  });

  it('that fails at work leaves the hits as they were, and says so', async () => {
    await using workspace = await Workspace.with(files);
    const better = new WordModel('better-1');
    let failing: Fault | undefined;
    const embed = better.embed.bind(better);
    better.embed = (texts) => (failing === undefined ? embed(texts) : Promise.reject(failing));
    const models = async () => ({ embedder: async () => better }) as never;
    const service = workspace.service({ models });
    await service.open(workspace.settings({ embedder: 'minilm', rerank: true }));
    await service.settled();
    await ready(service, 2);
    const parts = ['lexical', 'rerank'] as const;
    failing = new Fault('bad-input', 'It ran out of its mind.');
    const { hits, notes, models: took } = await service.query('auto', { top: 2, parts });
    expect(hits.map((hit) => hit.path)).toEqual(['cars.md']);
    expect(notes.join()).toContain('out of its mind');
    expect(took).toEqual([]);
    failing = new Fault('cancelled', 'Stopped.');
    expect((await faultOf(service.query('auto', { top: 2, parts }))).code).toBe('cancelled');
  });
});
