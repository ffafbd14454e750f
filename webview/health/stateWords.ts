// The state of the index in words: never "done" over what isn't.

import type { IndexHealth } from '../../src/shared/searchMessages.ts';
import type { SearchPlace } from '../../src/shared/searchViewMessages.ts';
import { formatNumber, t } from '../l10n.ts';

type Begun = Pick<SearchPlace, 'started' | 'folders' | 'enabled'>;

export function stateName({ state, chunks }: IndexHealth, { started, folders, enabled }: Begun): string {
  switch (state) {
    case 'closed':
      if (folders.length === 0) {
        return t('No folder is open');
      }
      if (!enabled) {
        return t('Search is switched off');
      }
      return started ? t('No index is open') : t('This workspace is not indexed');
    case 'opening':
      return t('Opening the index');
    case 'listing':
      return t('Finding files');
    case 'indexing':
      return t('Indexing');
    case 'refining':
      return t('Refining');
    case 'embedding':
      return t('Making better vectors');
    case 'ready':
      return chunks === 0 ? t('There is nothing in the index') : t('Up to date');
    case 'empty':
      return t('There is nothing in the index');
    case 'paused':
      return t('Paused');
    case 'waiting':
      return t('Waiting for another window');
    case 'read-only':
      return t('Read only');
    case 'failed':
      return t('The index failed');
  }
}

export function stateSays(health: IndexHealth, { folders, enabled }: Begun): string {
  const { state, seen, indexed, pending, chunks, models } = health;
  switch (state) {
    case 'closed':
      if (folders.length === 0) {
        return t('Open a folder, and you can search it by meaning.');
      }
      return enabled
        ? t('Indexing starts when search is first used in it.')
        : t('The setting says that this workspace is not to be indexed.');
    case 'opening':
      return t('What was indexed before is read.');
    case 'listing':
      return t('Found so far: {0}.', filesOf(seen));
    case 'indexing':
      return t(
        '{0} of {1} files are indexed and can be searched. The rest is searched by its words.',
        indexed,
        indexed + pending,
      );
    case 'refining':
      return t('All {0} files can be searched. Their chunks are being cut along the syntax.', indexed);
    case 'embedding': {
      const better = models.at(-1);
      return t(
        'All {0} files can be searched. {1} of {2} chunks have a vector of {3}.',
        indexed,
        better?.vectors ?? 0,
        chunks,
        better?.label ?? '',
      );
    }
    case 'ready':
      return chunks === 0
        ? t('{0} files were found, and none of them is indexed.', seen)
        : t('{0} in {1} can be searched.', filesOf(indexed), chunksOf(chunks));
    case 'empty':
      // Where there is none, the message below says so.
      return seen === 0 ? '' : t('{0} files were found, and none of them is indexed.', seen);
    case 'paused':
      return pending > 0
        ? t('{0} of {1} files are indexed. Nothing more is read until you resume.', indexed, indexed + pending)
        : t('Indexed: {0}. What changes is not read until you resume.', filesOf(indexed));
    case 'waiting':
      return t('Another window is indexing this workspace. {0} files can be searched here.', indexed);
    case 'read-only':
      return t('{0} as they were when it was last written can be searched.', filesOf(indexed));
    case 'failed':
      return t('It is not kept up to date until this is mended.');
  }
}

export function filesOf(count: number): string {
  return count === 1 ? t('1 file') : t('{0} files', formatNumber(count));
}

function chunksOf(count: number): string {
  return count === 1 ? t('1 chunk') : t('{0} chunks', formatNumber(count));
}

/** Bytes in people's units. */
export function size(bytes: number): string {
  if (bytes < 1000) {
    return t('{0} bytes', bytes);
  }
  return bytes < 1_000_000
    ? t('{0} kB', formatNumber(bytes / 1000, 1))
    : t('{0} MB', formatNumber(bytes / 1_000_000, 1));
}

/** Milliseconds in people's units. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000
    ? t('{0} ms', Math.round(milliseconds))
    : t('{0} s', formatNumber(milliseconds / 1000, milliseconds < 10_000 ? 1 : 0));
}

/** A point in time, as the interface's language writes it. */
export function moment(time: number): string {
  const format = new Intl.DateTimeFormat(document.documentElement.lang || 'en', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return format.format(time);
}
