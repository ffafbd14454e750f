// Bringing a folder's index up to date, with a line of progress; stopped by Ctrl+C, after which it goes on where it was.

import type { SearchService } from '../services/search/searchService.ts';
import { Fault } from '../shared/errors.ts';
import type { IndexHealth } from '../shared/searchMessages.ts';
import type { CliContext } from './commands.ts';
import type { OpenSearch } from './openSearch.ts';
import { progressLine } from './task.ts';

/** An index that was asked to be up to date, and how it stands now. */
export interface IndexRun {
  readonly health: IndexHealth;
  /** Stopped by Ctrl+C before all was in. */
  readonly stopped: boolean;
}

/**
 * Opens the index and waits until all files are in.
 *
 * @param changed gets what is to be called when something about the index is new
 * @throws Fault why it can't be brought up to date
 */
export async function bringUpToDate(
  { service, settings, notes }: OpenSearch,
  { warn, onInterrupt }: Pick<CliContext, 'warn' | 'onInterrupt'>,
): Promise<IndexRun> {
  let stopped = false;
  const stop = new Promise<void>((resolve) => {
    onInterrupt(() => {
      stopped = true;
      resolve();
    });
  });
  for (const note of notes) {
    warn(note);
  }
  await service.open(settings);
  const progress = showProgress(service);
  await Promise.race([service.settled(), stop]);
  progress.end();
  const health = await service.health();
  if (health.state === 'failed' && !stopped) {
    throw new Fault('storage', health.message ?? 'The index could not be brought up to date.', { where: health.store });
  }
  if (health.message !== undefined && health.state !== 'empty') {
    warn(health.message);
  }
  return { health, stopped };
}

/** Looks every now and then; says nothing where nobody watches. */
function showProgress(service: SearchService): { end(): void } {
  const lines = {
    listing: progressLine('Listing'),
    indexing: progressLine('Indexing'),
    refining: progressLine('Cutting along the syntax'),
  };
  let ended = !process.stderr.isTTY;
  const look = async () => {
    const { state, seen, pending, indexed, chunks, models } = await service.health();
    if (ended) {
      return;
    }
    const vectors = models[0]?.vectors ?? 0;
    if (state === 'listing') {
      lines.listing.show({ done: seen, unit: 'files' });
    } else if (state === 'indexing') {
      const total = indexed + pending + 1;
      lines.indexing.show({ done: indexed * (0.5 + (0.5 * vectors) / Math.max(chunks, 1)), total, unit: 'files' });
    } else if (state === 'refining') {
      lines.refining.show({ done: indexed, unit: 'files' });
    }
    setTimeout(() => void look().catch(() => {}), 200).unref();
  };
  if (!ended) {
    void look().catch(() => {}); // closed meanwhile
  }
  return {
    end: () => {
      ended = true;
      for (const line of Object.values(lines)) {
        line.end();
      }
    },
  };
}
