// The host's answers for the search view and the health page, without an editor or an index: hits in files of the
// test's own, found by their words, so that an answer depends on what was asked.

import { type Handler, handle } from '../../src/host/webviewConnection.ts';
import { Fault } from '../../src/shared/errors.ts';
import { type Calls, loadStrings } from '../../src/shared/messages.ts';
import {
  explainHit,
  type HitReason,
  type IndexHealth,
  indexHealth,
  listLeftOut,
  pauseIndex,
  rebuildIndex,
  type SearchAnswer,
  type SearchHit,
  searchIndex,
  searchSimilar,
} from '../../src/shared/searchMessages.ts';
import {
  getModel,
  loadSearch,
  type OpenedHit,
  openHit,
  openSearchView,
  type SearchPlace,
  startSearch,
} from '../../src/shared/searchViewMessages.ts';

export const READY: IndexHealth = {
  state: 'ready',
  store: '/storage/search/index.sqlite',
  seen: 42,
  indexed: 30,
  pending: 0,
  chunks: 310,
  textBytes: 812_345,
  storeBytes: 2_400_000,
  leftOut: { ignored: 120, binary: 7, secret: 1 },
  errors: [{ root: 'r1', path: 'broken/latin1.txt', why: 'It is in no encoding that is known.' }],
  errorCount: 1,
  languages: { typescript: 20, markdown: 8, python: 2 },
  models: [
    { id: 'static', label: 'Static model', detail: '128 numbers, 5 MB', dimensions: 128, vectors: 310, state: 'ready' },
    {
      id: 'minilm',
      label: 'all-MiniLM-L6-v2',
      detail: '384 numbers, 23 MB',
      dimensions: 384,
      vectors: 0,
      state: 'missing',
    },
  ],
  upToDate: Date.UTC(2026, 10, 23, 10, 15),
  lastRun: { milliseconds: 1834, read: 30 },
};

export const PLACE: SearchPlace = {
  folders: [{ id: 'r1', name: 'workshop' }],
  started: true,
  enabled: true,
  views: ['ask', 'embeddings'],
};

const CHUNKS: readonly Pick<SearchHit, 'path' | 'language' | 'kind' | 'names' | 'startLine' | 'text'>[] = [
  {
    path: 'src/http/retry.ts',
    language: 'typescript',
    kind: 'code',
    names: ['Client', 'fetchWithRetry'],
    startLine: 12,
    text: [
      'async fetchWithRetry(url: string, attempts = 3): Promise<Response> {',
      '  for (let attempt = 1; ; attempt++) {',
      '    try {',
      '      return await this.fetch(url);',
      '    } catch (error) {',
      '      if (attempt === attempts) { throw error; } // the timeout is told as it is',
      '      await pause(2 ** attempt * 100);',
      '    }',
      '  }',
      '}',
    ].join('\n'),
  },
  {
    path: 'src/http/retry.ts',
    language: 'typescript',
    kind: 'code',
    names: ['pause'],
    startLine: 30,
    text: '/** Waits before a retry. */\nfunction pause(milliseconds: number): Promise<void> {\n  return new Promise((resolve) => setTimeout(resolve, milliseconds));\n}',
  },
  {
    path: 'docs/deep/down/in/folders/with-a-rather-long-name/operations.md',
    language: 'markdown',
    kind: 'section',
    names: ['Operations', 'When the network is slow'],
    startLine: 88,
    text: '## When the network is slow\n\nA request that runs into its timeout is tried again: a retry waits longer each time. <script>alert(1)</script> & so on.',
  },
  {
    path: 'tools/sync.py',
    language: 'python',
    kind: 'code',
    names: ['Sync', 'run'],
    startLine: 5,
    text: 'def run(self):\n    """Copies what is new, with one retry."""\n    self.copy(timeout=30)',
  },
];

const TERMS = /[a-z]+/gi;

export class SearchHost {
  readonly handlers: readonly Handler[];
  place: SearchPlace = PLACE;
  health: IndexHealth = READY;
  opened: OpenedHit['place'] = 'same';
  /** Set: the next search waits for it. */
  wait: Promise<void> | undefined;
  /** Set: with patience the hits come the other way round, once this is done. */
  better: Promise<void> | undefined;
  /** Set: the next search fails. */
  fault: Fault | undefined;
  notes: readonly string[] = [];
  /** Added to the number of every chunk: those of an index that was made anew. */
  renumbered = 0;
  pending = 0;
  /** What is explained was found by a scan. */
  scanned = false;
  readonly asked: Record<string, unknown>[] = [];
  readonly cancelled: string[] = [];

  constructor() {
    this.handlers = [
      handle(loadStrings, () => ({})),
      handle(loadSearch, () => this.place),
      handle(indexHealth, () => this.health),
      handle(startSearch, () => {
        this.asked.push({ method: 'search.start' });
        this.place = { ...this.place, started: true };
        return null;
      }),
      handle(searchIndex, async (params, { token }) => {
        this.asked.push({ method: 'search.query', ...params });
        token.onCancellationRequested(() => this.cancelled.push(params.query));
        await this.wait;
        const answer = this.answer(params.query, params.filter?.languages);
        if (this.better === undefined || params.patience === 0) {
          return { ...answer, ...(this.better && { uncompared: answer.hits.length }) };
        }
        await this.better;
        return { ...answer, hits: answer.hits.toReversed() };
      }),
      handle(searchSimilar, (params) => {
        this.asked.push({ method: 'search.similar', ...params });
        const own = params.except?.path;
        const answer = this.answer('retry');
        return { ...answer, hits: answer.hits.filter(({ path }) => path !== own) };
      }),
      handle(explainHit, (params) => {
        this.asked.push({ method: 'search.explain', ...params });
        return this.explain(params.query, params.chunk);
      }),
      handle(openHit, (hit) => {
        this.asked.push({ method: 'search.open', ...hit });
        return { place: this.opened };
      }),
      handle(openSearchView, (view) => this.note('search.openView', view)),
      handle(pauseIndex, (params) => this.note('index.pause', params)),
      handle(rebuildIndex, (params) => this.note('index.rebuild', params)),
      handle(getModel, (params) => {
        this.asked.push({ method: 'search.getModel', ...params });
        return true;
      }),
      handle(listLeftOut, ({ reason, from, limit }) => {
        const total = this.health.leftOut[reason ?? ''] ?? 0;
        const items = Array.from({ length: Math.max(0, Math.min(limit, total - from)) }, (_, at) => ({
          root: 'r1',
          path: `out/${reason}-${from + at}.js`,
          reason: reason ?? '',
          detail: '.gitignore: out/',
        }));
        return { total, items };
      }),
    ];
  }

  /** Calls to one method, oldest first. */
  calls(method: string): Record<string, unknown>[] {
    return this.asked.filter((call) => call.method === method);
  }

  private note(method: string, params: object): null {
    this.asked.push({ method, ...params });
    return null;
  }

  private answer(query: string, languages?: readonly string[]): SearchAnswer {
    const { fault } = this;
    if (fault !== undefined) {
      this.fault = undefined;
      throw fault;
    }
    const words = [...query.matchAll(TERMS)].map(([word]) => word.toLowerCase());
    const hits = CHUNKS.map((chunk, at) => ({ ...hitOf(chunk, at, words), chunk: at + 1 + this.renumbered }))
      .filter(({ marks, language }) => marks.length > 0 && (languages?.includes(language) ?? true))
      .sort((a, b) => b.marks.length - a.marks.length)
      .map((hit, at): SearchHit => {
        const lexical = { rank: at + 1, score: 8 - at, adds: 1 / (61 + at) };
        const vector = at === 1 ? null : { rank: 2 * at + 1, score: 0.8 - at / 10, adds: 1 / (61 + 2 * at) };
        return { ...hit, lexical, vector, score: lexical.adds + (vector?.adds ?? 0) };
      });
    return { query, hits, took: {}, models: ['static'], pending: this.pending, scanned: true, notes: this.notes };
  }

  private explain(query: string, chunk: number): HitReason {
    const hit = this.answer(query).hits.find((one) => one.chunk === chunk);
    if (hit === undefined) {
      throw new Fault('not-found', 'This chunk is not in the index any more.', { remedy: 'Search again.' });
    }
    const words = [...query.matchAll(TERMS)].map(([term]) => {
      const count = hit.text.toLowerCase().split(term.toLowerCase()).length - 1;
      return { term, count, inChunks: 12 * count, score: count === 0 ? 0 : 1.25 + count / 4 };
    });
    const score = words.reduce((sum, word) => sum + word.score, 0);
    return {
      hit,
      scanned: this.scanned,
      words,
      bm25: { score, length: 41, averageLength: 63.4, chunks: 310 },
      sentences: [
        { start: 0, end: 20, text: hit.text.split('\n')[0] as string, similarity: 0.71 },
        { start: 20, end: 40, text: hit.text.split('\n').at(-1) as string, similarity: 0.33 },
      ],
      cosines: [{ model: 'Static model', cosine: 0.64 }],
      fusion: [
        { part: 'lexical', rank: hit.lexical?.rank ?? null, weight: 1, adds: hit.lexical?.adds ?? 0 },
        { part: 'vector', rank: hit.vector?.rank ?? null, weight: 1, adds: hit.vector?.adds ?? 0 },
      ],
      around: { startLine: hit.startLine - 2, text: `// before\n\n${hit.text}\n\n// after` },
      borders: [
        { startLine: 1, endLine: hit.startLine - 2, names: ['imports'], own: false },
        { startLine: hit.startLine, endLine: hit.endLine, names: hit.names, own: true },
      ],
    };
  }
}

function hitOf(chunk: (typeof CHUNKS)[number], at: number, words: readonly string[]): SearchHit {
  const { text, startLine } = chunk;
  const marks = [...text.matchAll(TERMS)]
    .filter(([word]) => words.includes(word.toLowerCase()))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const start = 100 * at;
  return {
    ...chunk,
    ...{ chunk: at + 1, root: 'r1', start, end: start + text.length, marks, score: 0 },
    ...{ endLine: startLine + text.split('\n').length - 1, lexical: null, vector: null, rerank: null },
  };
}

/** The views of search ask nothing of the model worker. */
export const noWorker: Calls = {
  request: (method) => Promise.reject(new Error(`The model worker was asked for ${method.name}.`)),
};
