// The question as the search sees it: its tokens, which of them count how much, and the vector that they add up to.

import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { InspectedText } from '../../src/shared/embeddingMessages.ts';
import { type ShownNumbers, tensorOf } from '../embeddings/statistics.ts';
import { formatNumber, t } from '../l10n.ts';
import '../elements/values/tensorView.ts';

/** Below this part of the whole a token counts for next to nothing. */
const COUNTS = 0.02;

/** How many of the tokens say something; undefined where the model doesn't work by weights. */
export function countingTokens({ parts }: InspectedText): number | undefined {
  return parts && new Float32Array(parts.weights).filter((weight) => weight >= COUNTS).length;
}

export function tokensPart(inspected: InspectedText): TemplateResult {
  const { tokens, parts, tokenCount, used } = inspected;
  const weights = parts && new Float32Array(parts.weights);
  const most = weights === undefined ? 0 : weights.reduce((a, b) => Math.max(a, b), 0);
  return html`<p class="caption">
      ${t('BERT’s vocabulary cuts the question into these tokens. The bar below each says how much it counts: words that stand everywhere say little.')}
      ${used < tokenCount ? t('The model takes the first {0}.', used) : nothing}
    </p>
    <ol class="tokens" aria-label=${t('Tokens of the question')}>
      ${tokens.map(({ id, piece }, i) => {
        const weight = weights?.[i];
        const little = weight !== undefined && weight < COUNTS;
        return html`<li class=${little ? 'token little' : 'token'}>
          <code>${piece}</code>
          <span class="number quiet">${id}</span>
          ${
            weight === undefined
              ? nothing
              : html`<span class="weight" ${ref((bar) => widen(bar, most === 0 ? 0 : weight / most))} aria-hidden="true"></span>
                  <span class="number small">${little ? t('counts little') : t('{0} %', formatNumber(100 * weight, 0))}</span>`
          }
        </li>`;
      })}
    </ol>`;
}

const made = new WeakMap<InspectedText, ShownNumbers>();

export function questionVector(inspected: InspectedText): TemplateResult {
  const { dimensions, empty } = inspected;
  const shown = made.get(inspected) ?? tensorOf(new Float32Array(inspected.vector), [dimensions], { axes: ['C'] });
  made.set(inspected, shown);
  return html`${empty ? html`<p role="status">${t('The model knows nothing that stands in this question: all numbers are zero.')}</p>` : nothing}
    <tensor-view .value=${shown.value} .buffer=${shown.buffer} .label=${t('Vector of the question')}></tensor-view>
    <p class="caption">
      ${t('Passages whose vector points the same way are about the same. The cosine of the angle between the two is the similarity below: 1 is the same direction.')}
    </p>`;
}

/** Sets a bar's length: a style in the markup would be blocked. */
export function widen(element: Element | undefined, part: number): void {
  (element as HTMLElement | undefined)?.style.setProperty('--part', String(Math.max(0, Math.min(1, part))));
}
