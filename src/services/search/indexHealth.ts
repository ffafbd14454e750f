// How an index stands, for people. Nothing is called done that isn't, and an index of nothing is not called ready.

import type { LeftOutReason, SearchStore } from '../../retrieval/store.ts';
import type { Fault } from '../../shared/errors.ts';
import type { IndexHealth, IndexSettings } from '../../shared/searchMessages.ts';
import type { Indexer } from './indexer.ts';
import { MOST_ERRORS } from './indexing.ts';
import type { SearchModels } from './searchModels.ts';

export interface IndexView {
  readonly settings: IndexSettings;
  readonly store: SearchStore;
  readonly indexer: Indexer;
  readonly models: SearchModels;
}

const nothing = {
  ...{ seen: 0, indexed: 0, pending: 0, chunks: 0, textBytes: 0, storeBytes: 0 },
  ...{ leftOut: {}, errors: [], errorCount: 0, languages: {}, models: [] },
} satisfies Partial<IndexHealth>;

/** Where no index is open, or not yet, or it couldn't be opened. */
export function noIndex(settings: IndexSettings | undefined, fault: Fault | undefined): IndexHealth {
  if (fault !== undefined) {
    return { ...nothing, state: 'failed', message: fault.full, store: '' };
  }
  return { ...nothing, state: settings === undefined ? 'closed' : 'opening', store: '' };
}

export async function healthOf({ settings, store, indexer, models }: IndexView): Promise<IndexHealth> {
  const { state, errors } = indexer;
  const { seen, pending } = indexer.counts;
  const { upToDate, lastRun } = indexer.notes;
  const counts = await store.counts();
  const leftOut = leftOutByReason(indexer);
  const message = messageOf(indexer, store, settings, leftOut);
  return {
    state,
    ...(message !== undefined && { message }),
    store: store.place,
    seen,
    indexed: counts.files,
    pending,
    chunks: counts.chunks,
    textBytes: counts.textBytes,
    storeBytes: counts.storeBytes,
    leftOut,
    errors: errors.slice(0, MOST_ERRORS),
    errorCount: errors.length,
    languages: counts.languages,
    models: models.health(counts.vectors),
    ...(upToDate !== undefined && { upToDate }),
    ...(lastRun !== undefined && { lastRun }),
  };
}

function leftOutByReason(indexer: Indexer): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason } of indexer.leftOut) {
    counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}

function messageOf(
  { state, fault, notes: { upToDate } }: Indexer,
  { recovered, readOnly, place }: SearchStore,
  { roots }: IndexSettings,
  leftOut: Readonly<Record<string, number>>,
): string | undefined {
  const parts: string[] = [];
  if (state === 'failed' && fault !== undefined) {
    parts.push(fault.full);
  }
  if (state === 'waiting') {
    parts.push(
      `Another window or program is keeping this index up to date${upToDate === undefined ? ', for the first time' : ''}.`,
    );
  }
  if (readOnly === true) {
    parts.push(
      `The index at ${place} can't be written, and so not be brought up to date: what is found may be old, and what is new is not found.`,
    );
  }
  if (state === 'empty') {
    parts.push(emptiness(roots.length, leftOut));
  }
  if (recovered !== undefined) {
    parts.push(recovered);
  }
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** Why there is nothing to search. */
export function emptiness(folders: number, leftOut: Readonly<Record<string, number>>): string {
  if (folders === 0) {
    return 'Nothing is indexed: no folder is open.';
  }
  return Object.keys(leftOut).length === 0
    ? `Nothing is indexed: there is no file in ${folders === 1 ? 'the folder' : 'the folders'}.`
    : `Nothing is indexed: all that there is was left out (${leftOutSummary(leftOut)}).`;
}

const REASONS: Readonly<Record<LeftOutReason, string>> = {
  ignored: 'ignored',
  binary: 'binary',
  large: 'too large',
  secret: 'secret',
  minified: 'minified',
  unreadable: 'unreadable',
  outside: 'links',
  encoding: 'of an unknown encoding',
};

/** `3 ignored, 1 binary`, the most first. */
export function leftOutSummary(leftOut: Readonly<Record<string, number>>): string {
  return Object.entries(leftOut)
    .sort(([one, a], [other, b]) => b - a || one.localeCompare(other))
    .map(
      ([reason, count]) =>
        `${count} ${count === 1 && reason === 'outside' ? 'link' : (REASONS[reason as LeftOutReason] ?? reason)}`,
    )
    .join(', ');
}
