// What every store must do, run over each of them. Truth: the scores of lexical/bm25.ts over terms counted here, cosines
// computed here over all vectors, filters applied to the chunks one by one.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bm25 } from '../../../src/retrieval/lexical/bm25.ts';
import { chunkTerms, defaultWeights, termColumns, termCount } from '../../../src/retrieval/lexical/chunkTerms.ts';
import type { ScoredChunk, SearchFilter, SearchStore, StoredChunk } from '../../../src/retrieval/store.ts';
import { type Clock, seededRandom } from '../../../src/shared/environment.ts';
import { randomVector, randomWrites, sampleChunks, sampleFile } from './storeSamples.ts';

export interface StoreKind {
  /** An empty store on a new place. */
  open(clock: Clock): Promise<SearchStore>;
  /** The same place, as another window has it. */
  openAgain(store: SearchStore, clock: Clock): Promise<SearchStore>;
  /** Closes all that a test has opened. */
  clear(): Promise<void>;
}

const C = 24;

export function storeContract(name: string, kind: StoreKind): void {
  describe(name, () => {
    let now = 1_000_000;
    const clock: Clock = { now: () => now, elapsed: () => performance.now() };
    let store: SearchStore;

    beforeEach(async () => {
      now = 1_000_000;
      store = await kind.open(clock);
    });
    afterEach(() => kind.clear());

    const all = (one = store) => one.chunkPage(0, 100_000);
    const texts = async (found: readonly ScoredChunk[]) =>
      (await store.chunks(found.map(({ chunk }) => chunk))).map(({ text }) => text);

    async function fill(files: number, seed: number): Promise<StoredChunk[]> {
      await store.apply({ write: randomWrites(files, seed) });
      return all();
    }

    async function embedAll(embedder: string, seed: number): Promise<Map<number, Float32Array>> {
      const random = seededRandom(seed);
      for (;;) {
        const some = await store.withoutVectors(embedder, 50);
        if (some.length === 0) {
          break;
        }
        await store.putVectors(embedder, C, new Map(some.map(({ id }) => [id, randomVector(C, random)])));
      }
      return store.vectors(
        embedder,
        (await all()).map(({ id }) => id),
      );
    }

    it('starts empty', async () => {
      expect(await store.files()).toEqual([]);
      expect(await all()).toEqual([]);
      expect(await store.lexical(['word'], 10)).toEqual([]);
      expect(await store.nearest('m', randomVector(C, seededRandom(1)), 10)).toEqual([]);
      expect(await store.counts()).toMatchObject({ files: 0, chunks: 0, averageLength: 0, vectors: {} });
      expect(store.recovered).toBeUndefined();
    });

    it('gives back files and chunks as they came', async () => {
      const file = sampleFile('src/ä/a.ts', { modified: 1_700_000_000_123.75, size: 2 ** 33 });
      const chunks = sampleChunks(
        { text: 'first\nsecond', names: ['A', 'b "c"'], kind: 'code' },
        { text: 'naïve 漢字 👍\0\u2028', kind: 'section' },
      );
      await store.apply({
        write: [
          { file, chunks },
          { file: sampleFile('empty.ts'), chunks: [] },
        ],
      });
      expect(await store.files()).toEqual([sampleFile('empty.ts'), file]);
      const stored = await store.chunksOf(file);
      expect(stored).toEqual(
        chunks.map((chunk) => ({
          ...chunk,
          id: expect.any(Number),
          root: 'r',
          path: file.path,
          language: 'typescript',
        })),
      );
      expect(await store.chunks([stored[1].id, 999_999, stored[0].id])).toEqual([stored[1], stored[0]]);
      expect(await store.chunkPage(stored[0].id, 10)).toEqual([stored[1]]);
    });

    it.each([1, 2, 3])('scores words as BM25 does, whatever came and went (%i)', async (seed) => {
      const random = seededRandom(seed);
      await fill(60, seed);
      const files = await store.files();
      await store.apply({
        remove: files.filter(() => random() < 0.3),
        write: randomWrites(20, seed + 10),
      });
      const left = await store.files();
      await store.apply({ move: [{ from: left[0], to: { ...left[0], path: 'elsewhere/word3 word150.ts' } }] });
      const chunks = await all();
      for (const query of [['word0'], ['word1', 'word30', 'word150'], ['word2', 'none', 'md'], ['elsewhere']]) {
        const expected = bruteForce(chunks, query);
        const found = await store.lexical(query, 25);
        expect(found.map(({ chunk }) => chunk)).toEqual(expected.slice(0, 25).map(({ chunk }) => chunk));
        found.forEach(({ score }, i) => {
          expect(Math.abs(score - expected[i].score)).toBeLessThan(1e-9);
        });
        const frequencies = query.map((term) => bruteForce(chunks, [term]).length);
        expect(await store.documentFrequencies(query)).toEqual(frequencies);
      }
      const { averageLength } = await store.counts();
      expect(averageLength).toBeCloseTo(averageOf(chunks), 9);
    });

    it('takes what is no word as no word', async () => {
      await store.apply({ write: [{ file: sampleFile('a.ts'), chunks: sampleChunks('or and " not near(x) a:b *') }] });
      expect(await store.lexical(['"', 'OR', '*', 'x" OR "a', '', '\0', ")'; drop table files; --"], 5)).toEqual([]);
      expect(await store.lexical(['or', 'not'], 5)).toHaveLength(1);
    });

    it('takes the rarest of very many words', async () => {
      await store.apply({
        write: Array.from({ length: 3 }, (_, i) => ({
          file: sampleFile(`${i}.ts`),
          chunks: sampleChunks(`${Array.from({ length: 90 }, (_, n) => `common${n}`).join(' ')} rare${i}`, 'nothing'),
        })),
      });
      const terms = [...Array.from({ length: 90 }, (_, n) => `common${n}`), 'rare2'];
      expect(await texts(await store.lexical(terms, 1))).toEqual([expect.stringContaining('rare2')]);
    });

    const filters: [string, SearchFilter, (chunk: StoredChunk) => boolean][] = [
      ['roots', { roots: ['two'] }, ({ root }) => root === 'two'],
      ['languages', { languages: ['python', 'markdown'] }, ({ language }) => language !== 'typescript'],
      ['kinds', { kinds: ['code', 'section'] }, ({ kind }) => kind === 'code' || kind === 'section'],
      ['include', { include: ['src/**', '*.md'] }, ({ path }) => path.startsWith('src/') || path.endsWith('.md')],
      ['exclude', { exclude: ['parse'] }, ({ path }) => !path.includes('/parse/')],
      [
        'all together',
        { roots: ['one'], include: ['./src'], exclude: ['*.md'], kinds: ['lines'] },
        ({ root, path, kind }) => root === 'one' && /^src\/.*ts$/.test(path) && kind === 'lines',
      ],
      ['nothing', { roots: [] }, () => false],
    ];
    it('filters exactly, by words and by vectors', async () => {
      const chunks = await fill(120, 5);
      const vectors = await embedAll('m', 6);
      const query = randomVector(C, seededRandom(7));
      for (const [, filter, allows] of filters) {
        const byWords = bruteForce(chunks, ['word1', 'word20'], allows).slice(0, 12);
        expect((await store.lexical(['word1', 'word20'], 12, filter)).map(({ chunk }) => chunk)).toEqual(
          byWords.map(({ chunk }) => chunk),
        );
        const byVectors = nearestOf(chunks.filter(allows), vectors, query).slice(0, 12);
        expect((await store.nearest('m', query, 12, filter)).map(({ chunk }) => chunk)).toEqual(
          byVectors.map(({ chunk }) => chunk),
        );
      }
    });

    it('finds the nearest, in order of their exact cosines', async () => {
      const chunks = await fill(200, 11);
      const vectors = await embedAll('m', 12);
      expect(vectors.size).toBe(chunks.length);
      for (let seed = 0; seed < 5; seed++) {
        const query = randomVector(C, seededRandom(seed));
        const expected = nearestOf(chunks, vectors, query).slice(0, 10);
        const found = await store.nearest('m', query, 10);
        expect(found.map(({ chunk }) => chunk)).toEqual(expected.map(({ chunk }) => chunk));
        found.forEach(({ score }, i) => {
          expect(Math.abs(score - expected[i].score)).toBeLessThan(1e-6);
        });
      }
      expect(await store.nearest('another', randomVector(C, seededRandom(0)), 10)).toEqual([]);
    });

    it('keeps vectors to f32, a vector of zeros too', async () => {
      const [a, b] = (await fill(4, 1)).slice(0, 2);
      const vector = randomVector(C, seededRandom(3));
      await store.putVectors(
        'm',
        C,
        new Map([
          [a.id, vector],
          [b.id, new Float32Array(C)],
        ]),
      );
      expect(await store.vectors('m', [a.id, b.id, 999_999])).toEqual(
        new Map([
          [a.id, vector],
          [b.id, new Float32Array(C)],
        ]),
      );
      expect(await store.vectors('another', [a.id])).toEqual(new Map());
      await store.putVectors('m', C, new Map([[a.id, randomVector(C, seededRandom(4))]]));
      expect((await store.nearest('m', randomVector(C, seededRandom(4)), 1))[0].chunk).toBe(a.id);
    });

    it('refuses vectors of another size', async () => {
      const [a] = await fill(1, 1);
      await store.putVectors('m', C, new Map([[a.id, randomVector(C, seededRandom(3))]]));
      await expect(store.putVectors('m', 5, new Map())).rejects.toMatchObject({ code: 'bad-params' });
      await expect(store.nearest('m', new Float32Array(5), 1)).rejects.toMatchObject({ code: 'bad-params' });
    });

    it('shares one vector among equal texts, and asks for it once', async () => {
      await store.apply({
        write: [
          { file: sampleFile('a.ts'), chunks: sampleChunks('same', 'other') },
          { file: sampleFile('b.ts'), chunks: sampleChunks('same', { text: 'same', names: ['N'] }) },
        ],
      });
      const lacking = await store.withoutVectors('m', 10);
      expect(lacking.map(({ text, names }) => [text, ...names])).toEqual([['same'], ['other'], ['same', 'N']]);
      const vector = randomVector(C, seededRandom(1));
      await store.putVectors('m', C, new Map([[lacking[0].id, vector]]));
      expect((await store.counts()).vectors).toEqual({ m: 2 });
      expect(await texts(await store.nearest('m', vector, 10))).toEqual(['same', 'same']);
      expect((await store.withoutVectors('m', 1)).map(({ text }) => text)).toEqual(['other']);
    });

    it('moves files with their chunks and vectors, also two into each other’s places', async () => {
      const a = sampleFile('a.ts');
      const b = sampleFile('deep/b.ts', { language: 'python' });
      await store.apply({
        write: [
          { file: a, chunks: sampleChunks('alpha') },
          { file: b, chunks: sampleChunks('beta') },
          { file: sampleFile('gone.ts'), chunks: sampleChunks('gamma') },
        ],
      });
      const before = await all();
      await embedAll('m', 1);
      const c = { ...a, path: 'gone.ts', modified: 9 };
      await store.apply({ move: [{ from: a, to: c }] });
      expect(await store.withoutVectors('m', 10)).toEqual([]);
      expect((await all()).map(({ id, path, text }) => [id, path, text])).toEqual([
        [before[0].id, 'gone.ts', 'alpha'],
        [before[1].id, 'deep/b.ts', 'beta'],
      ]);
      expect(await store.lexical(['gamma'], 5)).toEqual([]);
      await store.apply({
        move: [
          { from: c, to: { ...c, path: b.path } },
          { from: b, to: { ...b, path: c.path } },
        ],
      });
      expect((await store.files()).map(({ path, hash }) => [path, hash])).toEqual([
        ['deep/b.ts', a.hash],
        ['gone.ts', b.hash],
      ]);
      expect(await texts(await store.lexical(['deep'], 5))).toEqual(['alpha']);
      expect(await store.withoutVectors('m', 10)).toEqual([]);
      await expect(store.apply({ move: [{ from: a, to: c }] })).rejects.toMatchObject({ code: 'not-found' });
    });

    it('keeps what a change leaves as it is, and forgets the rest', async () => {
      const file = sampleFile('a.ts');
      await store.apply({ write: [{ file, chunks: sampleChunks('one', 'two', 'three') }] });
      const before = await store.chunksOf(file);
      await embedAll('m', 1);
      const changed = { ...file, hash: 'new', cut: 'syntax' };
      await store.apply({ write: [{ file: changed, chunks: sampleChunks('zero', 'one', 'three') }] });
      const after = await store.chunksOf(file);
      expect(after.map(({ text, startLine }) => [text, startLine])).toEqual([
        ['zero', 1],
        ['one', 2],
        ['three', 3],
      ]);
      expect([after[1].id, after[2].id]).toEqual([before[0].id, before[2].id]);
      expect((await store.withoutVectors('m', 10)).map(({ text }) => text)).toEqual(['zero']);
      expect(await store.lexical(['two'], 5)).toEqual([]);
      expect(await store.files()).toEqual([changed]);
      await store.apply({ touch: [{ ...changed, modified: 77 }, sampleFile('unknown.ts')] });
      expect(await store.files()).toEqual([{ ...changed, modified: 77 }]);
      await store.apply({ remove: [file, sampleFile('unknown.ts')] });
      expect(await store.counts()).toMatchObject({ files: 0, chunks: 0, averageLength: 0, vectors: { m: 0 } });
      expect(await store.nearest('m', randomVector(C, seededRandom(1)), 5)).toEqual([]);
    });

    it('keeps vectors of what went for a while, for files that only seemed to go', async () => {
      const write = [{ file: sampleFile('a.ts'), chunks: sampleChunks('one', 'two') }];
      await store.apply({ write });
      await embedAll('m', 1);
      await store.apply({ remove: [sampleFile('a.ts')] });
      now += 60_000;
      await store.apply({ write });
      expect(await store.withoutVectors('m', 5)).toEqual([]);
      await store.apply({ remove: [sampleFile('a.ts')] });
      now += 3_600_000;
      await store.apply({});
      await store.apply({ write });
      expect(await store.withoutVectors('m', 5)).toHaveLength(2);
    });

    it('forgets an embedder’s vectors and no other’s', async () => {
      const chunks = await fill(30, 3);
      await embedAll('m', 1);
      const kept = await embedAll('n', 2);
      await store.nearest('m', randomVector(C, seededRandom(1)), 5);
      await store.forgetVectors('m');
      expect((await store.counts()).vectors).toEqual({ n: chunks.length });
      expect(await store.nearest('m', randomVector(C, seededRandom(1)), 5)).toEqual([]);
      expect((await store.withoutVectors('m', 5)).length).toBe(5);
      expect(
        await store.vectors(
          'n',
          chunks.map(({ id }) => id),
        ),
      ).toEqual(kept);
      const [chunk] = chunks;
      await store.putVectors('m', 3, new Map([[chunk.id, new Float32Array([1, 0, 0])]]));
      expect(await store.nearest('m', new Float32Array([1, 0, 0]), 5)).toContainEqual({ chunk: chunk.id, score: 1 });
    });

    it('shows every change to another window, and counts it', async () => {
      const other = await kind.openAgain(store, clock);
      const versions = [await other.version()];
      const query = randomVector(C, seededRandom(1));
      const changes: (() => Promise<void>)[] = [
        () => store.apply({ write: randomWrites(30, 1) }),
        async () => void (await embedAll('m', 1)),
        async () => store.apply({ remove: (await store.files()).slice(0, 10) }),
        () => store.apply({ write: randomWrites(10, 2) }),
        async () => void (await embedAll('m', 2)),
        () => store.setLeftOut([{ root: 'r', path: '.env', reason: 'secret', detail: '.env' }]),
        () => store.forgetVectors('m'),
      ];
      for (const change of changes) {
        await change();
        versions.push(await other.version());
        expect(await all(other)).toEqual(await all());
        expect(await other.nearest('m', query, 7)).toEqual(await store.nearest('m', query, 7));
        expect(await other.lexical(['word1'], 7)).toEqual(await store.lexical(['word1'], 7));
        expect(await other.counts()).toEqual({ ...(await store.counts()), storeBytes: expect.any(Number) });
      }
      expect(new Set(versions).size).toBe(versions.length);
      expect(await other.version()).toBe(await store.version());
      expect(await other.leftOut()).toEqual([{ root: 'r', path: '.env', reason: 'secret', detail: '.env' }]);
    });

    it('keeps what is left out, and notes', async () => {
      const left = [
        { root: 'r', path: 'a', reason: 'binary', detail: 'NUL at byte 3' },
        { root: 'r', path: 'b', reason: 'large', detail: '2 MB' },
      ] as const;
      await store.setLeftOut([{ root: 'r', path: 'c', reason: 'ignored', detail: '' }]);
      await store.setLeftOut(left);
      expect(await store.leftOut()).toEqual(left);
      const version = await store.version();
      expect(await store.meta('k')).toBeUndefined();
      await store.setMeta('k', 'v');
      await store.setMeta('k', "it's");
      expect(await store.meta('k')).toBe("it's");
      expect(await store.version()).toBe(version);
    });

    it('lets one window write, until it is done or silent for a minute', async () => {
      const other = await kind.openAgain(store, clock);
      expect(await store.takeLease('a')).toBe(true);
      expect(await other.takeLease('b')).toBe(false);
      now += 50_000;
      expect(await store.takeLease('a')).toBe(true);
      now += 50_000;
      expect(await other.takeLease('b')).toBe(false);
      now += 20_000;
      expect(await other.takeLease('b')).toBe(true);
      expect(await store.takeLease('a')).toBe(false);
      await store.releaseLease('a');
      expect(await store.takeLease('a')).toBe(false);
      await other.releaseLease('b');
      expect(await store.takeLease('a')).toBe(true);
      now -= 10_000_000; // a clock that was put right
      expect(await other.takeLease('b')).toBe(true);
    });

    it('undoes a change that fails midway', async () => {
      await fill(5, 1);
      const [files, chunks, version] = [await store.files(), await all(), await store.version()];
      const to = sampleFile('x.ts');
      await expect(
        store.apply({
          remove: [files[0]],
          move: [
            { from: files[1], to },
            { from: sampleFile('unknown'), to },
          ],
        }),
      ).rejects.toMatchObject({ code: 'not-found' });
      expect(await store.files()).toEqual(files);
      expect(await all()).toEqual(chunks);
      expect(await store.version()).toBe(version);
    });

    it('takes many calls at once', async () => {
      const writes = randomWrites(40, 9);
      await Promise.all([
        ...writes.map((write) => store.apply({ write: [write] })),
        ...writes.map(() => store.lexical(['word1'], 5)),
        store.takeLease('a'),
      ]);
      expect((await store.files()).length).toBe(40);
      expect(await all()).toHaveLength(writes.reduce((sum, { chunks }) => sum + chunks.length, 0));
    });
  });
}

function averageOf(chunks: readonly StoredChunk[]): number {
  return chunks.reduce((sum, chunk) => sum + termCount(chunkTerms(chunk, chunk.path)), 0) / chunks.length;
}

function bruteForce(
  chunks: readonly StoredChunk[],
  query: readonly string[],
  allows: (chunk: StoredChunk) => boolean = () => true,
): ScoredChunk[] {
  const documents = chunks.map((chunk) => {
    const terms = chunkTerms(chunk, chunk.path);
    const count = (term: string) =>
      termColumns.reduce((sum, column) => {
        return sum + defaultWeights[column] * terms[column].filter((one) => one === term).length;
      }, 0);
    return { chunk, length: termCount(terms), weighted: count };
  });
  const corpus = {
    texts: chunks.length,
    averageLength: averageOf(chunks),
    containing: (term: string) => documents.filter(({ weighted }) => weighted(term) > 0).length,
  };
  return documents
    .filter(({ chunk }) => allows(chunk))
    .map((document) => ({ chunk: document.chunk.id, score: bm25(query, document, corpus) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => (Math.abs(b.score - a.score) > 1e-12 ? b.score - a.score : a.chunk - b.chunk));
}

function nearestOf(
  chunks: readonly StoredChunk[],
  vectors: ReadonlyMap<number, Float32Array>,
  query: Float32Array,
): ScoredChunk[] {
  return chunks
    .map(({ id }) => {
      const vector = vectors.get(id) as Float32Array;
      return { chunk: id, score: vector.reduce((sum, x, i) => sum + x * query[i], 0) };
    })
    .sort((a, b) => (Math.abs(b.score - a.score) > 1e-12 ? b.score - a.score : a.chunk - b.chunk));
}
