// Answers: what is found, by which part, with which marks, and that it is still so.

import { describe, expect, it, vi } from 'vitest';
import { RRF_K } from '../../../src/retrieval/fuse.ts';
import { bm25 } from '../../../src/retrieval/lexical/bm25.ts';
import { chunkTerms, defaultWeights, termColumns, termCount } from '../../../src/retrieval/lexical/chunkTerms.ts';
import type { StoreChange } from '../../../src/retrieval/store.ts';
import { hasPhrases, queryParts } from '../../../src/services/search/queryParts.ts';
import { sentencesOf } from '../../../src/services/search/sentences.ts';
import { SqliteStore } from '../../../src/services/search/store/sqlite.ts';
import { neverCancelled, systemClock } from '../../../src/shared/environment.ts';
import type { SearchHit } from '../../../src/shared/searchMessages.ts';
import { faultOf } from '../worker/modelWorkerParts.ts';
import { found, realCutter, WordModel, Workspace } from './serviceParts.ts';

const zoo = {
  'src/parser.ts': 'export class Parser {\n  parseHeader(text: string) {\n    return text.trim();\n  }\n}\n',
  'src/reader.ts': '// Reads a vehicle from a file.\nexport function readVehicle() {\n  return "vehicle";\n}\n',
  'docs/cars.md': '# Cars\n\nAn auto is retried after a minute.\n\n## Engines\n\nThe engine stops.\n',
  'docs/cats.md': '# Cats\n\nA kitten, retried. After that it sleeps.\n',
};

describe('what is found', () => {
  it('by words, by meaning, and by both', async () => {
    await using workspace = await Workspace.with(zoo);
    const service = await workspace.settled();
    const { hits, models } = await service.query('automobile', { top: 3 });
    expect(models).toEqual([workspace.model.label]);
    expect(hits[0]).toMatchObject({ lexical: null, vector: { rank: 1 } });
    expect(hits.map((hit) => hit.path)).toContain('docs/cars.md');
    const words = await service.query('parse header', { top: 1, parts: ['lexical'] });
    expect(words.hits).toMatchObject([{ path: 'src/parser.ts', lexical: { rank: 1 }, vector: null }]);
    expect(words.models).toEqual([]);
    const nothing = await service.query('xylophone', { top: 3, parts: ['lexical'] });
    expect(nothing.hits).toEqual([]);
  });

  it('marks the words where they stand', async () => {
    await using workspace = await Workspace.with(zoo);
    const service = await workspace.settled();
    const { hits } = await service.query('header', { top: 1, parts: ['lexical'] });
    const { text, marks, start, end } = hits[0]!;
    expect(marks.map((mark) => text.slice(mark.start, mark.end))).toEqual(['Header']);
    expect(zoo['src/parser.ts'].slice(start, end)).toBe(text);
  });

  it('within filters, typed or given', async () => {
    await using workspace = await Workspace.with(zoo);
    const service = await workspace.settled();
    expect(new Set(await found(service, 'vehicle path:docs'))).toEqual(new Set(['docs/cars.md', 'docs/cats.md']));
    expect(new Set(await found(service, 'vehicle lang:ts'))).toEqual(new Set(['src/parser.ts', 'src/reader.ts']));
    const given = await service.query('vehicle', { top: 9, filter: { exclude: ['docs/**'], kinds: ['code'] } });
    expect(given.hits.every((hit) => hit.path.startsWith('src/') && hit.kind === 'code')).toBe(true);
    expect(given.hits.length).toBeGreaterThan(0);
    const odd = await service.query('vehicle kind:banana', { top: 1 });
    expect(odd.notes.join()).toContain('kind:banana');
  });

  it('only with the phrase, where there is one', async () => {
    await using workspace = await Workspace.with(zoo);
    const service = await workspace.settled();
    expect(await found(service, '"retried after"')).toEqual(['docs/cars.md']);
    expect(await found(service, '"retried.  after that"')).toEqual(['docs/cats.md']);
    expect(await found(service, '"after retried"')).toEqual([]);
  });

  it('like a text, without the text itself', async () => {
    await using workspace = await Workspace.with({ ...zoo, 'src/copy.ts': zoo['src/reader.ts'] });
    const service = await workspace.settled();
    const text = zoo['src/reader.ts'];
    const except = { root: workspace.root, path: 'src/reader.ts', startLine: 1, endLine: 4 };
    const { hits } = await service.similar(text, { top: 3 }, except);
    expect(hits[0]).toMatchObject({ path: 'src/copy.ts', vector: { rank: expect.any(Number) } });
    expect(hits.map((hit) => hit.path)).not.toContain('src/reader.ts');
  });

  it('in the order of a better model, where that is asked for', async () => {
    await using workspace = await Workspace.with(zoo);
    class Contrary extends WordModel {
      override async embed(texts: readonly string[]) {
        return texts.map((text) =>
          Float32Array.of(text === 'vehicle' || text.includes('Cats') ? 1 : 0, 1).map((x) => x / (x ? Math.SQRT2 : 1)),
        );
      }
      override readonly dimensions: number = 2;
    }
    const better = new Contrary('better-1');
    let come: () => void = () => {};
    const there = new Promise<void>((resolve) => {
      come = resolve;
    });
    const models = async () => ({ embedder: () => there.then(() => better) }) as never;
    const service = await workspace.settled({ models }, { embedder: 'minilm', rerank: true });
    expect((await service.query('vehicle', { top: 4 })).notes.join()).toContain('being loaded');
    // Paused before it comes: the chunks have no vectors of it, and it is asked for each hit.
    service.pause(true);
    await service.settled();
    come();
    await vi.waitFor(async () =>
      expect((await service.health()).models[1]).toMatchObject({ state: 'ready', vectors: 0 }),
    );
    const { hits, models: took } = await service.query('vehicle', { top: 4 });
    expect(took).toContain(better.label);
    const cats = hits.find((hit) => hit.path === 'docs/cats.md')!;
    expect(cats.rerank).toEqual({ rank: 1, score: expect.closeTo(1, 5) });
    const before = await service.query('vehicle', { top: 4, parts: ['lexical', 'vector'] });
    const placeOf = (list: typeof hits) => list.findIndex(({ chunk }) => chunk === cats.chunk);
    expect(placeOf(hits)).toBeLessThan(placeOf(before.hits));
    const why = await service.explain('vehicle', cats);
    expect(why.fusion.reduce((sum, { adds }) => sum + adds, 0)).toBe(cats.score);
    expect(why.cosines.map(({ model }) => model)).toEqual([workspace.model.label, better.label]);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
    const plain = await service.query('vehicle', { top: 4, parts: ['lexical', 'vector'] });
    expect(plain.hits.every(({ rerank }) => rerank === null)).toBe(true);
  });

  it('says why the better model is not there', async () => {
    await using workspace = await Workspace.with(zoo);
    const service = await workspace.settled({}, { embedder: 'minilm', rerank: true });
    const { notes, hits } = await service.query('vehicle', { top: 4 });
    expect(notes.join()).toContain('no real models');
    expect(hits.length).toBeGreaterThan(0);
  });

  it('nothing where no index is open, and says so', async () => {
    await using workspace = await Workspace.with(zoo);
    const service = workspace.service();
    expect((await faultOf(service.query('x', { top: 1 }))).code).toBe('not-found');
    expect((await service.health()).state).toBe('closed');
  });
});

describe('files that are not in the index yet', () => {
  it('are searched by their words, and come with their places', async () => {
    await using workspace = await Workspace.with(zoo);
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const service = workspace.service({
      openStore: async ({ store }) => {
        const opened = await SqliteStore.open(store, { clock: systemClock });
        const apply = opened.apply.bind(opened);
        return Object.assign(opened, { apply: (change: StoreChange) => released.then(() => apply(change)) });
      },
    });
    await service.open(workspace.settings());
    const { hits, scanned, pending } = await service.query('header', { top: 3, parts: ['lexical'] });
    expect({ scanned, pending }).toEqual({ scanned: true, pending: 4 });
    expect(hits).toMatchObject([{ path: 'src/parser.ts', startLine: 1, lexical: { rank: 1 } }]);
    expect(hits[0]!.chunk).toBeLessThan(0);
    const [hit] = hits as [SearchHit];
    const at = { root: hit.root, path: hit.path, startLine: hit.startLine };
    const why = await service.explain('header', { chunk: hit.chunk, at });
    expect(why).toMatchObject({ scanned: true, hit: { path: 'src/parser.ts', startLine: 1, lexical: { rank: 1 } } });
    expect(why.words).toMatchObject([{ term: 'header' }]);
    expect(why.words[0]!.count).toBeGreaterThan(0);
    expect(why.bm25.score).toBeCloseTo(hit.lexical!.score, 12);
    expect(why.borders.filter(({ own }) => own)).toHaveLength(1);
    release();
    await service.settled();
    const indexed = await service.query('header', { top: 3, parts: ['lexical'] });
    expect(indexed).toMatchObject({ scanned: false, pending: 0, hits: [{ path: 'src/parser.ts', startLine: 1 }] });
    expect(indexed.hits[0]!.chunk).toBeGreaterThan(0);
    // What is shown of before is explained by what stands there now.
    const later = await service.explain('header', { chunk: hit.chunk, at });
    expect(later).toMatchObject({ scanned: false, hit: { chunk: indexed.hits[0]!.chunk } });
  });
});

describe('files that have changed since', () => {
  it('are looked at again before they are shown', async () => {
    await using workspace = await Workspace.with(zoo);
    const service = await workspace.settled();
    await workspace.write({ 'src/parser.ts': `\n\n\n${zoo['src/parser.ts']}` });
    const { hits } = await service.query('parse header', { top: 1, parts: ['lexical'] });
    expect(hits).toMatchObject([{ path: 'src/parser.ts', startLine: 4 }]);
    await workspace.write({ 'src/parser.ts': 'export const nothing = 1;\n' });
    const after = await service.query('parse header', { top: 1, parts: ['lexical'] });
    expect(after.hits).toEqual([]);
  });

  it('are found at their new places also where nobody may write', async () => {
    await using workspace = await Workspace.with(zoo);
    const service = await workspace.settled();
    service.pause(true);
    await workspace.write({ 'src/parser.ts': `\n\n\n${zoo['src/parser.ts']}` });
    await workspace.remove('docs/cars.md');
    const { hits } = await service.query('parse header', { top: 1, parts: ['lexical'] });
    expect(hits).toMatchObject([{ path: 'src/parser.ts', startLine: 4, endLine: 8 }]);
    const gone = await service.query('engine', { top: 5, parts: ['lexical'] });
    expect(gone.hits).toEqual([]);
    expect(gone.notes.join()).toContain('changed since');
  });
});

describe('why', () => {
  it("adds up: words to BM25, ranks to the score, and as the store's own", async () => {
    await using workspace = await Workspace.with(zoo);
    const service = await workspace.settled();
    const query = 'the engine of a vehicle';
    const { hits } = await service.query(query, { top: 5 });
    const { store } = await service.opened();
    const counts = await store.counts();
    for (const hit of hits) {
      const why = await service.explain(query, hit);
      expect(why.hit).toMatchObject({ chunk: hit.chunk, score: hit.score, lexical: hit.lexical, vector: hit.vector });
      expect(why.words.reduce((sum, { score }) => sum + score, 0)).toBe(why.bm25.score);
      expect(why.bm25.score).toBeCloseTo(hit.lexical?.score ?? 0, 9);
      expect(why.fusion.reduce((sum, { adds }) => sum + adds, 0)).toBe(hit.score);
      for (const { rank, weight, adds } of why.fusion) {
        expect(adds).toBeCloseTo(rank === null ? 0 : weight / (RRF_K + rank), 12);
      }
      // And once more from the text alone.
      const [chunk] = await store.chunks([hit.chunk]);
      const terms = chunkTerms(chunk!, chunk!.path);
      const weighted = (term: string) =>
        termColumns.reduce(
          (sum, column) => sum + defaultWeights[column] * terms[column].filter((one) => one === term).length,
          0,
        );
      const frequencies = await store.documentFrequencies(why.words.map(({ term }) => term));
      const containing = (term: string) => frequencies[why.words.findIndex((word) => word.term === term)]!;
      const corpus = { texts: counts.chunks, averageLength: counts.averageLength, containing };
      const document = { length: termCount(terms), weighted };
      expect(
        bm25(
          why.words.map(({ term }) => term),
          document,
          corpus,
        ),
      ).toBeCloseTo(why.bm25.score, 12);
      expect(why.cosines).toEqual([{ model: workspace.model.label, cosine: expect.closeTo(hit.vector!.score, 5) }]);
    }
  });

  it('shows the nearest sentences first, the borders and what stands around', async () => {
    await using workspace = await Workspace.with(zoo);
    const service = await workspace.settled();
    const { hits } = await service.query('engine stops', { top: 1, parts: ['lexical'] });
    const why = await service.explain('engine stops', hits[0]!);
    expect(why.sentences[0]?.text).toContain('engine');
    const similarities = why.sentences.map(({ similarity }) => similarity);
    expect(similarities).toEqual([...similarities].sort((a, b) => b - a));
    for (const { start, end, text } of why.sentences) {
      expect(hits[0]!.text.slice(start, end)).toBe(text);
    }
    expect(why.around.text.split('\n')[hits[0]!.startLine - why.around.startLine]).toBe(hits[0]!.text.split('\n')[0]);
    expect(why.borders.filter(({ own }) => own)).toHaveLength(1);
  });

  it('speaks of the search that found it: its filter, and the like of a text', async () => {
    await using workspace = await Workspace.with(zoo);
    const service = await workspace.settled();
    const filter = { include: ['docs/cars.md'] };
    const { hits } = await service.query('parse the header of a vehicle', { top: 5, filter });
    const alike = await service.similar(zoo['docs/cars.md'], { top: 5 });
    expect([hits.length, alike.hits.length].every((count) => count > 0)).toBe(true);
    for (const hit of hits) {
      const why = await service.explain('parse the header of a vehicle', { chunk: hit.chunk, filter });
      expect(why.hit).toMatchObject({ lexical: hit.lexical, vector: hit.vector, score: hit.score });
    }
    for (const hit of alike.hits) {
      const why = await service.explain(zoo['docs/cars.md'], { chunk: hit.chunk, similar: true });
      expect(why.hit).toMatchObject({ lexical: hit.lexical, vector: hit.vector, score: hit.score });
    }
  });

  it('of a chunk that is gone is a fault with advice', async () => {
    await using workspace = await Workspace.with(zoo);
    const service = await workspace.settled();
    const fault = await faultOf(service.explain('x', { chunk: 999_999 }));
    expect(fault).toMatchObject({ code: 'not-found', remedy: 'Search again.' });
  });
});

it('a cancelled query ends as that', async () => {
  await using workspace = await Workspace.with(zoo);
  const service = await workspace.settled();
  const signal = { cancelled: true };
  expect((await faultOf(service.query('vehicle', { top: 1, signal }))).code).toBe('cancelled');
  expect((await service.query('vehicle', { top: 1, signal: neverCancelled })).hits).toHaveLength(1);
});

it('takes a query apart', () => {
  expect(queryParts('read "The  Header" lang:py')).toEqual({
    text: 'read The Header',
    terms: ['read', 'the', 'header'],
    phrases: ['the header'],
    filter: { languages: ['python'] },
    notes: [],
  });
  expect(hasPhrases('see the\n   Header now', ['the header'])).toBe(true);
  expect(hasPhrases('the big header', ['the header'])).toBe(false);
  expect(queryParts('"').phrases).toEqual([]);
});

it('cuts prose into sentences and code into lines', () => {
  const prose = 'It was late. "Who?" she asked him there. He slept.';
  expect(sentencesOf(prose, 'paragraph', 9).map(({ text }) => text)).toEqual([
    'It was late.',
    '"Who?" she asked him there.',
    'He slept.',
  ]);
  expect(sentencesOf('if (a) {\n  doSomething();\n}\n', 'code', 9).map(({ text }) => text)).toEqual([
    'if (a) {\n  doSomething();',
  ]);
  expect(realCutter.quickCut).toBeTruthy();
});
