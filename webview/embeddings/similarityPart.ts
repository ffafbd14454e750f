// Which of the texts are alike: all with all.

import { html, type TemplateResult } from 'lit';
import type { ComparedItems } from '../../src/shared/embeddingMessages.ts';
import type { Pair } from '../elements/similarity/similarityMatrix.ts';
import { t } from '../l10n.ts';
import '../elements/similarity/similarityMatrix.ts';

interface Shown {
  readonly similarities: Float32Array;
  readonly names: readonly string[];
}
const made = new WeakMap<ComparedItems, Shown>();

export function similarityPart(answer: ComparedItems, sorted: boolean, onPair: (pair: Pair) => void): TemplateResult {
  const shown = made.get(answer) ?? {
    similarities: new Float32Array(answer.similarities),
    names: answer.items.map(({ name }) => name),
  };
  made.set(answer, shown);
  const empty = answer.items.filter((item) => item.empty).length;
  return html`<similarity-matrix
      .similarities=${shown.similarities}
      .names=${shown.names}
      .label=${t('Cosines of the texts')}
      ?sorted=${sorted}
      @pair-pick=${(event: CustomEvent<Pair>) => onPair(event.detail)}
    ></similarity-matrix>
    <p class="caption">
      ${t('1 is the same direction, 0 has nothing in common. What counts is which of two numbers is larger: where all texts are of one kind, even strangers have 0.3 and more.')}
      ${empty === 0 ? '' : empty === 1 ? t('One text has no vector: the model knows nothing in it.') : t('{0} texts have no vector: the model knows nothing in them.', empty)}
    </p>`;
}
