// One text's vector: its numbers and their figures, copying them, and for a model that adds its tokens up, how.

import { html, nothing, type TemplateResult } from 'lit';
import type { InspectedText } from '../../src/shared/embeddingMessages.ts';
import { button } from '../elements/controls.ts';
import { t } from '../l10n.ts';
import { type ShownNumbers, tensorOf } from './statistics.ts';
import { tokenParts } from './tokenParts.ts';
import '../elements/values/tensorView.ts';

/** A tensor that is drawn again is the same one: what was zoomed to stays. */
const made = new WeakMap<InspectedText, ShownNumbers>();

export interface VectorPart {
  readonly name: string;
  readonly answer: InspectedText;
  /** What became of a copy. */
  readonly done: string;
  readonly onCopy: (text: string, said: string) => void;
}

export function vectorPart({ name, answer, done, onCopy }: VectorPart): TemplateResult {
  const { dimensions, tokenCount, used, empty } = answer;
  const numbers = new Float32Array(answer.vector);
  const shown = made.get(answer) ?? tensorOf(numbers, [dimensions], { axes: ['C'] });
  made.set(answer, shown);
  const list = Array.from(numbers, (value) => Number(value.toPrecision(7)));
  return html`<p class="small">
      ${tokenCount === 1 ? t('1 token became {0} numbers.', dimensions) : t('{0} tokens became {1} numbers.', tokenCount, dimensions)}
      ${used < tokenCount ? t('The model took the first {0}; the rest was cut off.', used) : nothing}
    </p>
    ${
      empty
        ? html`<p class="note" role="status">
            ${t('The model knows nothing that stands in this text: all its numbers are zero, and it is like nothing.')}
          </p>`
        : nothing
    }
    <tensor-view .value=${shown.value} .buffer=${shown.buffer} .label=${t('Vector of {0}', name)}></tensor-view>
    <p class="caption">
      ${t('No single number means anything by itself: only directions do. The vector has the length 1, so the cosine of two texts is the sum of their numbers’ products.')}
    </p>
    <div class="row">
      ${button({ label: t('Copy the vector as JSON'), onClick: () => onCopy(JSON.stringify(list), t('Copied {0} numbers as JSON.', dimensions)) })}
      ${button({ label: t('Copy the vector as CSV'), onClick: () => onCopy(`${list.join(',')}\n`, t('Copied {0} numbers as CSV.', dimensions)) })}
      <span class="small quiet" role="status">${done}</span>
    </div>
    ${answer.parts === undefined || empty ? nothing : tokenParts(answer, name)}`;
}
