// A hit's score as a small bar: the words' part solid, the meaning's part striped, so that colour is not the only sign.

import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { SearchHit } from '../../src/shared/searchMessages.ts';
import { formatNumber, t } from '../l10n.ts';
import type { Shares } from './shares.ts';

export function scoreBar(shares: Shares, hit: Pick<SearchHit, 'lexical' | 'vector' | 'rerank'>): TemplateResult {
  return html`<span class="score" aria-hidden="true" title=${said(hit)}
    ><span class="words-part" ${ref((element) => widen(element, shares.lexical))}></span
    ><span class="meaning-part" ${ref((element) => widen(element, shares.vector))}></span
  ></span>`;
}

/** The content policy blocks styles in markup. */
function widen(element: Element | undefined, share: number): void {
  if (element !== undefined) {
    (element as HTMLElement).style.width = `${(100 * share).toFixed(1)}%`;
  }
}

function said({ lexical, vector, rerank }: Pick<SearchHit, 'lexical' | 'vector' | 'rerank'>): string {
  const lines = [
    lexical === null
      ? t('Words (solid): none of them is in it')
      : t('Words (solid): number {0}, BM25 {1}', lexical.rank, formatNumber(lexical.score, 2)),
    vector === null
      ? t('Meaning (striped): not among the nearest')
      : t('Meaning (striped): number {0}, cosine {1}', vector.rank, formatNumber(vector.score, 2)),
  ];
  return (rerank === null ? lines : [...lines, t('Put in order anew: number {0}', rerank.rank)]).join('\n');
}
