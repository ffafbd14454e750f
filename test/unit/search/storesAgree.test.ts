// One workspace, both stores: an index in SQLite and one in PostgreSQL (a real one, over its real protocol) answer alike,
// query for query, with the model that the extension brings along. The workspace is a part of this repository.

import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { packagedPieces } from '../../../src/services/buildPieceVocabularies.ts';
import { openFiles } from '../../../src/services/search/openFiles.ts';
import type { SearchService } from '../../../src/services/search/searchService.ts';
import { staticModelFile } from '../../../src/services/search/staticModelFile.ts';
import { PostgresStore } from '../../../src/services/search/store/postgres.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import { rootId } from '../../../src/shared/rootId.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { bertUncased } from '../../../src/tokenizers/publishedPieces.ts';
import { Workspace } from './serviceParts.ts';

const FOLDER = inRoot('src/retrieval');
const QUERIES = [
  'reciprocal rank fusion',
  'split identifiers into words',
  'BM25',
  'bm25 length normalisation',
  'inverse document frequency',
  'nearest neighbours of a vector',
  'quantise a row to int8',
  'rounding error',
  'cut markdown along its headings',
  'chunk along the syntax tree',
  'camelCase snake_case',
  'termsOf',
  'VectorIndex',
  'embeddedText',
  'principal components',
  'how good is a ranking',
  'nDCG',
  'static embedding model file',
  'mean pooling',
  'ridge regression',
  'graph of small worlds',
  'inverted file with lists',
  'a prompt with passages and citations',
  'prompt injection',
  'analogy king queen',
  'map in two dimensions',
  'limits of a chunk',
  'kind:function rank',
  'lang:typescript path:vectors distance',
  '"best first"',
];
const PG_MS = 120_000;

let db: PGlite;
let socket: PGLiteSocketServer;
let workspace: Workspace;
let sqlite: SearchService;
let postgres: SearchService;

beforeAll(async () => {
  db = await PGlite.create({ extensions: { vector } });
  socket = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 4 });
  await socket.start();
  const at = `postgres://postgres:secret@${socket.getServerConn()}/postgres`;
  const tokenizer = tokenizerOf(bertUncased((await packagedPieces('bert-base-uncased')).pieces));
  const staticModel = staticModelFile(inRoot('media/models/static-minilm/model.bin'), async () => tokenizer);
  workspace = await Workspace.with({});
  const settings = { roots: [{ id: rootId(FOLDER), name: 'retrieval', place: FOLDER }] };
  const parts = { staticModel, files: openFiles };
  sqlite = await workspace.settled(parts, settings);
  postgres = await workspace.settled(
    // This server has one session for all of its connections.
    { ...parts, openStore: () => PostgresStore.open(at, { clock: systemClock, name: 'agree', connections: 1 }) },
    settings,
  );
}, PG_MS);
afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
  await socket.stop();
  await db.close();
});

it('is the same index', async () => {
  const [one, other] = [await sqlite.health(), await postgres.health()];
  const { indexed, chunks, textBytes, languages, leftOut } = one;
  expect(indexed).toBeGreaterThan(30);
  expect(other).toMatchObject({ state: 'ready', indexed, chunks, textBytes, languages, leftOut, errorCount: 0 });
  expect(one.models[0]?.vectors).toBe(chunks);
  expect(other.models[0]?.vectors).toBe(chunks);
});

it.each(QUERIES)('%s', { timeout: PG_MS }, async (query) => {
  const [one, other] = [await sqlite.query(query, { top: 20 }), await postgres.query(query, { top: 20 })];
  const places = ({ hits }: typeof one) =>
    hits.map(({ path, startLine, endLine }) => `${path}:${startLine}-${endLine}`);
  expect(one.hits.length).toBeGreaterThan(0);
  expect(places(other)).toEqual(places(one));
  one.hits.forEach((hit, i) => {
    const same = other.hits[i]!;
    expect(same.score).toBeCloseTo(hit.score, 9);
    expect(same.lexical?.rank).toBe(hit.lexical?.rank);
    expect(same.vector?.rank).toBe(hit.vector?.rank);
    expect(same.lexical?.score ?? 0).toBeCloseTo(hit.lexical?.score ?? 0, 4);
    expect(same.vector?.score ?? 0).toBeCloseTo(hit.vector?.score ?? 0, 5);
  });
});
