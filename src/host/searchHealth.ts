// How an index stands, in the host's words: what the status bar says, and what is said of an index that isn't open.
// Knows nothing of vscode.

import type { Fault } from '../shared/errors.ts';
import type { IndexHealth, IndexState } from '../shared/searchMessages.ts';

/** No index is open. */
export const CLOSED: IndexHealth = {
  state: 'closed',
  store: '',
  seen: 0,
  indexed: 0,
  pending: 0,
  chunks: 0,
  textBytes: 0,
  storeBytes: 0,
  leftOut: {},
  errors: [],
  errorCount: 0,
  languages: {},
  models: [],
};

export function failedHealth(fault: Fault): IndexHealth {
  return { ...CLOSED, state: 'failed', message: fault.full };
}

/** Whether the worker does something by itself, and must not be stopped. */
export function isWorking(state: IndexState): boolean {
  return (
    state === 'opening' || state === 'listing' || state === 'indexing' || state === 'refining' || state === 'embedding'
  );
}

/** `vscode.l10n.t`, handed in. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

export interface IndexStatus {
  /** With VS Code's icons, `$(sync~spin)`. */
  readonly text: string;
  readonly tooltip: string;
  readonly warn: boolean;
}

/** What the status bar says; undefined where all is well, and it says nothing. */
export function statusOf(
  health: IndexHealth,
  t: Translate,
  number: (value: number) => string,
): IndexStatus | undefined {
  const { state, seen, indexed, pending, message } = health;
  const click = t('Click for the state of the index.');
  const says = (text: string, tooltip: string, warn = false) => ({ text, tooltip: `${tooltip} ${click}`, warn });
  switch (state) {
    case 'opening':
    case 'listing':
      return says(t('$(sync~spin) Finding files'), t('Search: finding files; {0} so far.', number(seen)));
    case 'indexing': {
      const all = indexed + pending;
      return says(
        t('$(sync~spin) Indexing {0} of {1}', number(indexed), number(all)),
        t(
          'Search: {0} of {1} files are indexed and can be searched; the rest by their words.',
          number(indexed),
          number(all),
        ),
      );
    }
    case 'paused':
      return says(
        t('$(debug-pause) Index paused'),
        t('Search: indexing is paused. {0} files are indexed and can be searched.', number(indexed)),
      );
    case 'failed':
      return says(t('$(warning) Index'), t('Search: the index failed. {0}', message ?? ''), true);
    default:
      // Finer chunks and better vectors come while all can be searched already.
      return undefined;
  }
}
