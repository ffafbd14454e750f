// Evaluates search on the files of an index. They are read and cut anew into a copy in memory, from which what is asked is
// taken out: a docstring that is a query would else be found word for word.

import { setImmediate } from 'node:timers/promises';
import type { Embedder } from '../../../retrieval/embedder.ts';
import type { Documented } from '../../../retrieval/evaluation/documented.ts';
import { documentedIn, without } from '../../../retrieval/evaluation/documented.ts';
import { evaluateQueries, type Query } from '../../../retrieval/evaluation/evaluate.ts';
import type { PlacedChunk } from '../../../retrieval/evaluation/rankers.ts';
import { counted } from '../../../shared/counted.ts';
import { type CancelSignal, type Clock, seededRandom } from '../../../shared/environment.ts';
import { Fault } from '../../../shared/errors.ts';
import type { EvaluationReport } from '../../../shared/evaluateMessages.ts';
import type { Progress } from '../../../shared/messages.ts';
import type { Cutter } from '../cutter.ts';
import type { FileSource } from '../fileSource.ts';
import { languageOf } from '../languages.ts';
import { type Commit, type Commits, MOST_FILES } from './commits.ts';

export interface EvaluateFilesParts {
  readonly files: FileSource;
  readonly cutter: Cutter;
  readonly clock: Clock;
  readonly model: Embedder;
  /** undefined where there is none. */
  readonly reranker: Embedder | undefined;
  /** In place of queries from the files themselves. */
  readonly labels?: readonly Query[] | undefined;
  /** Of a folder; undefined where git isn't to be asked. */
  readonly commits?: ((folder: string, signal: CancelSignal) => Promise<Commits>) | undefined;
  /** From each source at most. */
  readonly queries: number;
  readonly signal: CancelSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** UTF-16 units that are held at most. */
const MOST_TEXT = 60_000_000;
/** The same queries are drawn each time. */
const SEED = 1;

/** Milliseconds between two turns of others. */
const SLICE_MS = 15;

interface ReadText {
  readonly root: string;
  readonly path: string;
  readonly language: string;
  readonly text: string;
}

/** A sentence above a definition, in the file of this number. */
interface Asked extends Documented {
  readonly file: number;
}

/** @throws Fault `not-found` when there is nothing to search or to ask, `cancelled` */
export async function evaluateFiles(parts: EvaluateFilesParts): Promise<EvaluationReport> {
  const { clock, signal, model, reranker, labels } = parts;
  const began = clock.elapsed();
  const notes: string[] = [];
  const breathe = turns(clock, signal);
  const texts = await readAll(parts, notes, breathe);
  const asked = labels === undefined ? await docstrings(texts, parts.queries, breathe) : [];
  const commits = labels === undefined ? await commitQueries(texts, parts, notes) : [];
  const { chunks, queries } = await cutAll(texts, asked, parts, breathe);
  const all = labels === undefined ? [...queries, ...commits] : known(labels, texts, notes);
  if (all.length === 0) {
    throw nothingToAsk(labels !== undefined, notes);
  }
  notes.push(...caveats(all));
  notes.push(
    reranker === undefined
      ? 'No better model is on this machine: there is no re-ranking to measure.'
      : `Once ${reranker.label} has read a whole index, search compares its vectors in place of those of ${model.label}: ` +
          'that is not measured here.',
  );
  const sources = await evaluateQueries(chunks, all, {
    ...{ model, reranker, breathe },
    onProgress: (done, total, unit) => parts.onProgress({ done, total, unit }),
  });
  return {
    ...{ files: texts.length, chunks: chunks.length, sources, notes },
    models: { vectors: model.label, reranker: reranker?.label ?? null },
    milliseconds: clock.elapsed() - began,
  };
}

function nothingToAsk(labelled: boolean, notes: readonly string[]): Fault {
  const why = labelled
    ? 'None of the labelled queries can be asked.'
    : 'There is nothing to ask: no sentences above functions, and no commits of few files.';
  return new Fault('not-found', [why, ...notes].join(' '), {
    remedy: labelled
      ? 'Paths in the labels are relative to the folder, with /.'
      : 'Label some queries of your own in a file.',
  });
}

/** What the figures do not say by themselves. */
function caveats(queries: readonly Query[]): string[] {
  const has = (source: Query['source']) => queries.some((query) => query.source === source);
  return [
    ...(has('docstrings')
      ? [
          'Docstrings: the first sentence above a function is asked, and that comment is taken out of what is searched; ' +
            'the answer is the chunk in which the function begins. Its name stays, and other comments stay: that helps ' +
            'the words. People ask less precisely than comments do.',
        ]
      : []),
    ...(has('commits')
      ? [
          `Commits: the subject is asked, and the files that the commit changed (at most ${MOST_FILES}) are the answer. ` +
            'Searched is what they are now, after it. Another file may answer as well, and counts as wrong.',
        ]
      : []),
  ];
}

async function readAll(
  { files, signal, onProgress }: EvaluateFilesParts,
  notes: string[],
  breathe: () => Promise<void>,
) {
  const texts: ReadText[] = [];
  let held = 0;
  let left = 0;
  for await (const found of files.list(signal)) {
    if (!('found' in found)) {
      continue;
    }
    if (held > MOST_TEXT) {
      left += 1;
      continue;
    }
    const read = await files.read(found.found);
    if ('text' in read && read.text.trim() !== '') {
      texts.push({ root: read.root, path: read.path, language: languageOf(read.path, read.text), text: read.text });
      held += read.text.length;
      onProgress({ done: texts.length, unit: 'files' });
    }
    await breathe();
  }
  if (texts.length === 0) {
    throw new Fault('not-found', 'There is no file to search.', {
      remedy: 'See whether the folder has files of text, and which of them are left out of search.',
    });
  }
  if (left > 0) {
    notes.push(
      `Only the first ${counted(texts.length, 'file was', 'files were')} searched: ${left} more would take too much memory.`,
    );
  }
  return texts;
}

/** Some of the sentences that stand above one definition alone, in the order of the files. */
async function docstrings(texts: readonly ReadText[], most: number, breathe: () => Promise<void>): Promise<Asked[]> {
  const found: Asked[] = [];
  const times = new Map<string, number>();
  for (const [file, { language, text }] of texts.entries()) {
    for (const one of documentedIn(language, text)) {
      found.push({ ...one, file });
      times.set(one.query, (times.get(one.query) ?? 0) + 1);
    }
    await breathe();
  }
  const once = found.filter(({ query }) => times.get(query) === 1);
  return drawn(once, most).sort((a, b) => a.file - b.file || a.start - b.start);
}

async function commitQueries(
  texts: readonly ReadText[],
  { files, commits: ask, queries, signal }: EvaluateFilesParts,
  notes: string[],
): Promise<Query[]> {
  const found: Query[] = [];
  if (ask === undefined) {
    return found;
  }
  for (const { id, place, name } of files.roots) {
    const there = new Set(texts.filter(({ root }) => root === id).map(({ path }) => pathOf(files, id, path)));
    const { commits, note } = await ask(place, signal);
    notes.push(...(note === undefined ? [] : [files.roots.length > 1 ? `${name}: ${note}` : note]));
    found.push(...commits.flatMap((commit) => queryOf(commit, (path) => pathOf(files, id, path), there)));
  }
  const bySubject = new Map(found.map((query) => [query.query, query])); // of equal subjects the oldest
  return drawn([...bySubject.values()], queries);
}

/** Only where all that it changed is still there. */
function queryOf({ subject, paths }: Commit, placed: (path: string) => string, there: ReadonlySet<string>): Query[] {
  const labels = paths.map(placed);
  return labels.every((path) => there.has(path))
    ? [{ source: 'commits', query: subject, labels: labels.map((path) => ({ path, grade: 1 })) }]
    : [];
}

async function cutAll(
  texts: readonly ReadText[],
  asked: readonly Asked[],
  { files, cutter, signal }: EvaluateFilesParts,
  breathe: () => Promise<void>,
): Promise<{ readonly chunks: PlacedChunk[]; readonly queries: Query[] }> {
  const chunks: PlacedChunk[] = [];
  const queries: Query[] = [];
  for (const [file, { root, path: own, language, text }] of texts.entries()) {
    const taken = asked.filter((one) => one.file === file);
    const path = pathOf(files, root, own);
    const cut = (await cutter.best(language, without(text, taken), signal)).chunks;
    chunks.push(...cut.map((chunk) => ({ ...chunk, path })));
    for (const { query, at } of taken) {
      const answer = cut.find(({ start, end }) => start <= at && at < end);
      if (answer !== undefined) {
        const lines = { first: answer.startLine, last: answer.endLine };
        queries.push({ source: 'docstrings', query, labels: [{ path, lines, grade: 1 }] });
      }
    }
    await breathe();
  }
  return { chunks, queries };
}

/** Labels of files that are searched; a query without one is left out, and said so. */
function known(labels: readonly Query[], texts: readonly ReadText[], notes: string[]): Query[] {
  const there = new Set(texts.map(({ path }) => path));
  const kept = labels.filter((query) => query.labels.every(({ path }) => there.has(path)));
  const missing = labels.filter((query) => !kept.includes(query));
  if (missing.length > 0) {
    const paths = missing.flatMap((query) => query.labels.map(({ path }) => path)).filter((path) => !there.has(path));
    const some = [...new Set(paths)].slice(0, 5).join(', ');
    notes.push(
      `Labelled queries that are left out: ${missing.length}. They name files that are not searched (${some}).`,
    );
  }
  return kept;
}

/** A path that is one of several folders' has the folder's name before it. */
function pathOf({ roots }: FileSource, root: string, path: string): string {
  return roots.length > 1 ? `${roots.find(({ id }) => id === root)?.name ?? root}/${path}` : path;
}

/** So many of them, by chance, each time the same. */
function drawn<T>(all: readonly T[], most: number): T[] {
  const random = seededRandom(SEED);
  const left = [...all];
  for (let i = left.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [left[i], left[other]] = [left[other]!, left[i]!];
  }
  return left.slice(0, most);
}

/** Lets others have their turn every few milliseconds, and stops where the work is no longer wanted. */
function turns(clock: Clock, signal: CancelSignal): () => Promise<void> {
  let ends = clock.elapsed() + SLICE_MS;
  return async () => {
    if (signal.cancelled) {
      throw new Fault('cancelled', 'The evaluation was cancelled.');
    }
    if (clock.elapsed() >= ends) {
      await setImmediate();
      ends = clock.elapsed() + SLICE_MS;
    }
  };
}
