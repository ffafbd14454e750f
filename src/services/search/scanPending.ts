// Words looked for in files that are found and not in the index yet: their texts are read, and what has a word in it is
// cut and scored as the index would. Slower than an index, and there from the first second.

import { bm25, type Corpus, inverseDocumentFrequency } from '../../retrieval/lexical/bm25.ts';
import { chunkTerms, defaultWeights, termColumns, termCount } from '../../retrieval/lexical/chunkTerms.ts';
import type { StoredChunk } from '../../retrieval/store.ts';
import type { Pause } from '../../retrieval/vectors/pca.ts';
import type { CancelSignal, Clock } from '../../shared/environment.ts';
import type { Cutter } from './cutter.ts';
import type { FileSource, FoundFile, ReadFile } from './fileSource.ts';
import { languageOf } from './languages.ts';
import { slicedPause } from './mapsPause.ts';
import { hasPhrases, type QueryParts } from './queryParts.ts';
import { fileFilter } from './store/filters.ts';

export interface Scan {
  readonly files: FileSource;
  readonly pending: readonly FoundFile[];
  readonly query: QueryParts;
  readonly cutter: Cutter;
  readonly clock: Clock;
  /** Of the index as far as it is there. */
  readonly corpus: { readonly chunks: number; readonly averageLength: number; readonly frequencies: readonly number[] };
  readonly signal: CancelSignal;
  /** Milliseconds for looking, and as many for cutting: after that it ends with what it has. */
  readonly budget: number;
}

/** A chunk of a file that is not in the index: its id is below 0 and holds for this answer alone. */
export interface ScannedChunk {
  readonly chunk: StoredChunk;
  readonly score: number;
}

export interface Scanned {
  /** Best first. */
  readonly found: readonly ScannedChunk[];
  /** What their scores stand on: index and pending files together, as far as is known. */
  readonly corpus: Corpus;
  /** How many files were looked through, or need not be by the filter. */
  readonly files: number;
  readonly complete: boolean;
}

interface Candidate {
  readonly chunk: StoredChunk;
  readonly length: number;
  /** By the query's term: how often, weighted by where it stands. */
  readonly counts: readonly number[];
}

/** A file with some of the query's terms in it. */
interface Promising {
  readonly file: FoundFile;
  /** By the query's term. */
  readonly has: readonly boolean[];
}

const READ_AT_ONCE = 16;
/** So many files, those with the rarest words, are taken apart. */
const MOST_CUT = 150;
const MOST_FOUND = 200;
/** What a chunk has in bytes, about, where only the size of a file is known. */
const CHUNK_BYTES = 900;

/**
 * First all files are looked at for the words' characters; then those that promise most are cut and scored. Others in the
 * thread have their turn meanwhile.
 *
 * @throws Fault `cancelled`
 */
export async function scanPending(scan: Scan): Promise<Scanned> {
  const { files, query, clock, budget, signal } = scan;
  const pause = slicedPause(clock, signal, 'The search was cancelled.');
  const wanted = await allowed(scan, pause);
  const began = clock.elapsed();
  const promising: Promising[] = [];
  const containing = query.terms.map((_, i) => scan.corpus.frequencies[i] ?? 0);
  let done = 0;
  for (; done < wanted.length && clock.elapsed() - began < budget; done += READ_AT_ONCE) {
    const some = wanted.slice(done, done + READ_AT_ONCE);
    const texts = await Promise.all(some.map((file) => files.read(file).catch(() => undefined)));
    for (const [i, read] of texts.entries()) {
      await pause();
      const has = read !== undefined && 'text' in read ? presence(read.path, read.text, query) : undefined;
      if (has !== undefined) {
        promising.push({ file: some[i] as FoundFile, has });
        for (const [term, there] of has.entries()) {
          containing[term] = (containing[term] as number) + (there ? 1 : 0);
        }
      }
    }
  }
  const known = corpusOf(scan, wanted, containing);
  const candidates: Candidate[] = [];
  let cutAll = true;
  for (const { file } of await mostPromising(promising, query.terms, known, pause)) {
    if (clock.elapsed() - began >= 2 * budget) {
      cutAll = false;
      break;
    }
    const read = await files.read(file).catch(() => undefined);
    if (read !== undefined && 'text' in read) {
      await addCandidates(candidates, scan, read, pause);
    }
  }
  const complete = done >= wanted.length && cutAll;
  const corpus = { ...known, averageLength: known.averageLength || meanLength(candidates) };
  const found = await scored(candidates, query.terms, corpus, pause);
  return { found, corpus, files: Math.min(done, wanted.length), complete };
}

async function allowed({ pending, query }: Scan, pause: Pause): Promise<readonly FoundFile[]> {
  const allows = fileFilter(query.filter);
  if (allows === undefined) {
    return pending;
  }
  const wanted: FoundFile[] = [];
  for (const file of pending) {
    await pause();
    if (allows({ ...file, language: languageOf(file.path) })) {
      wanted.push(file);
    }
  }
  return wanted;
}

/** Which of the terms may stand in it, by their characters; undefined where none does, or not all of a phrase. */
function presence(path: string, text: string, { terms, phrases }: QueryParts): boolean[] | undefined {
  const plain = `${path}\n${text}`.toLowerCase();
  const lower = /[^\0-\x7f]/.test(plain) ? plain.normalize('NFKC') : plain;
  const has = terms.map((term) => lower.includes(term));
  const wanted =
    phrases.length > 0 && !phrases.every((phrase) => phrase.split(' ').every((word) => lower.includes(word)));
  return has.includes(true) && !wanted ? has : undefined;
}

/** Index and pending files together, as far as is known: on this scale are the scores of both. */
function corpusOf({ corpus, query }: Scan, files: readonly FoundFile[], counts: readonly number[]): Corpus {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const containing = new Map(query.terms.map((term, i) => [term, counts[i] as number]));
  return {
    texts: corpus.chunks + Math.max(files.length, Math.round(bytes / CHUNK_BYTES)),
    averageLength: corpus.averageLength,
    containing: (term) => containing.get(term) ?? 0,
  };
}

async function mostPromising(
  promising: readonly Promising[],
  terms: readonly string[],
  corpus: Corpus,
  pause: Pause,
): Promise<Promising[]> {
  const worth = terms.map((term) => inverseDocumentFrequency(corpus.texts, corpus.containing(term)));
  const sumOf = ({ has }: Promising) => has.reduce((sum, there, i) => sum + (there ? (worth[i] as number) : 0), 0);
  return (await bestOf(promising, sumOf, MOST_CUT, pause)).map(({ one }) => one);
}

interface Rated<T> {
  readonly one: T;
  readonly score: number;
}

/** So many with the highest scores, best first; of equal ones the earlier. */
async function bestOf<T>(
  all: readonly T[],
  scoreOf: (one: T) => number,
  most: number,
  pause: Pause,
): Promise<Rated<T>[]> {
  let best: Rated<T>[] = [];
  const cut = () => {
    best = best.sort((a, b) => b.score - a.score).slice(0, most);
  };
  for (const one of all) {
    await pause();
    best.push({ one, score: scoreOf(one) });
    if (best.length >= 4 * most) {
      cut();
    }
  }
  cut();
  return best;
}

async function addCandidates(
  candidates: Candidate[],
  { cutter, query }: Scan,
  { path, root, text }: ReadFile,
  pause: Pause,
): Promise<void> {
  const language = languageOf(path, text);
  const { kinds } = query.filter;
  const places = new Map(query.terms.map((term, i) => [term, i]));
  for (const chunk of await cutter.quickInTurns(language, text, pause)) {
    await pause();
    if ((kinds !== undefined && !kinds.includes(chunk.kind)) || !hasPhrases(`${path}\n${chunk.text}`, query.phrases)) {
      continue;
    }
    const terms = chunkTerms(chunk, path);
    const counts = new Array<number>(query.terms.length).fill(0);
    for (const column of termColumns) {
      for (const term of terms[column]) {
        const place = places.get(term);
        if (place !== undefined) {
          counts[place] = (counts[place] as number) + defaultWeights[column];
        }
      }
    }
    if (counts.some((count) => count > 0)) {
      candidates.push({ chunk: { ...chunk, id: -1, root, path, language }, length: termCount(terms), counts });
    }
  }
}

/** Of candidates, in terms: as long as the index says nothing. */
function meanLength(candidates: readonly Candidate[]): number {
  return candidates.reduce((sum, { length }) => sum + length, 0) / Math.max(candidates.length, 1);
}

async function scored(
  candidates: readonly Candidate[],
  terms: readonly string[],
  corpus: Corpus,
  pause: Pause,
): Promise<ScannedChunk[]> {
  const scoreOf = ({ length, counts }: Candidate) => {
    const weighted = (term: string) => counts[terms.indexOf(term)] as number;
    return bm25(terms, { length, weighted }, corpus);
  };
  const best = await bestOf(candidates, scoreOf, MOST_FOUND, pause);
  return best.map(({ one: { chunk }, score }, i) => ({ chunk: { ...chunk, id: -1 - i }, score }));
}
