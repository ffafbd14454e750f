// What was found: how much, what is to be known of it, and the hits; or what is said where there are none.

import { html, nothing, type TemplateResult } from 'lit';
import type { IndexHealth, SearchAnswer } from '../../src/shared/searchMessages.ts';
import type { SearchPlace } from '../../src/shared/searchViewMessages.ts';
import { button } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import { t } from '../l10n.ts';
import { groupByFile } from './groups.ts';
import type { TreeActions, Why } from './resultsTree.ts';
import type { Searcher } from './searcher.ts';
import { idleState, noHits, type StateActions } from './states.ts';
import './resultsTree.ts';

export interface FoundPart {
  readonly place: SearchPlace;
  readonly health: IndexHealth | undefined;
  readonly searcher: Pick<Searcher, 'answer' | 'answered' | 'busy' | 'fault' | 'better' | 'notes' | 'takeBetter'>;
  /** What was typed as a filter and is none. */
  readonly unknown: readonly string[];
  /** Of the last hit that was opened. */
  readonly notice: string | undefined;
  readonly why: Why | undefined;
  readonly treeActions: TreeActions;
  readonly stateActions: StateActions;
  readonly onAgain: () => void;
}

export function foundPart(part: FoundPart): TemplateResult | typeof nothing {
  const { place, health, searcher, stateActions } = part;
  const { answer, answered, busy, fault } = searcher;
  if (fault !== undefined) {
    // Where the whole index failed, the view says so above, with what can be done.
    return health?.state === 'failed' ? nothing : faultView(fault, { label: t('Search again'), run: part.onAgain });
  }
  if (answer === undefined || answered === undefined) {
    return busy
      ? html`<div class="status" role="status">${t('Searching…')}</div>`
      : idleState(place, health, stateActions);
  }
  const groups = groupByFile(answer.hits);
  const folders = place.folders.length > 1 ? place.folders : [];
  return html`${statusLine(part, answer, groups.length)}
    ${
      groups.length === 0
        ? noHits(answer, health, Object.keys(answered.filter).length, stateActions)
        : html`<results-tree
            .groups=${groups}
            .why=${part.why}
            .folders=${new Map(folders.map(({ id, name }) => [id, name]))}
            .views=${place.views}
            .actions=${part.treeActions}
            ?stale=${busy}
          ></results-tree>`
    }
    ${betterPart(searcher)}`;
}

/** Below the hits, and over them where they are many: nothing moves when it comes. */
function betterPart(searcher: FoundPart['searcher']): TemplateResult {
  return html`<div class="better" role="status">
    ${
      searcher.better === undefined
        ? nothing
        : button({ label: t('Show a better order'), onClick: () => searcher.takeBetter() })
    }
  </div>`;
}

function statusLine({ searcher, unknown, notice }: FoundPart, answer: SearchAnswer, files: number): TemplateResult {
  const { hits, pending } = answer;
  const alike = searcher.answered !== undefined && 'similarTo' in searcher.answered;
  return html`<div class="status" role="status">
    <span>${searcher.busy ? t('Searching…') : counted(hits.length, files)}</span>
    ${
      !alike && hits.length > 0 && hits.every(({ lexical }) => lexical === null)
        ? html`<span>${t('None has your words: these are the nearest in meaning, and may be far.')}</span>`
        : nothing
    }
    ${unknown.map((word) => html`<span>${t('{0} is no filter.', word)}</span>`)}
    ${searcher.notes.map((note) => html`<span>${note}</span>`)}
    ${pending > 0 && files > 0 ? html`<span>${t('{0} files are not indexed yet.', pending)}</span>` : nothing}
    ${notice === undefined ? nothing : html`<span>${notice}</span>`}
  </div>`;
}

function counted(hits: number, files: number): string {
  if (hits === 0) {
    return t('No results');
  }
  const inFiles = files === 1 ? t('in 1 file') : t('in {0} files', files);
  return hits === 1 ? t('1 result {0}', inFiles) : t('{0} results {1}', hits, inFiles);
}
