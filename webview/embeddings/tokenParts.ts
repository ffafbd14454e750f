// How a text's vector came out of its tokens' vectors: each token's weight, and what it adds. For models whose vector is a
// weighted mean.

import { html, nothing, type TemplateResult } from 'lit';
import type { InspectedText } from '../../src/shared/embeddingMessages.ts';
import type { TableValue } from '../../src/shared/trace.ts';
import { t } from '../l10n.ts';
import { type ShownNumbers, tensorOf } from './statistics.ts';
import '../elements/values/tableView.ts';
import '../elements/values/tensorView.ts';

interface Parts {
  readonly table: TableValue;
  /** A row a token, and under them their sum. */
  readonly added: ShownNumbers;
}
const made = new WeakMap<InspectedText, Parts>();

export function tokenParts(answer: InspectedText, name: string): TemplateResult {
  const { parts, tokens, used, tokenCount } = answer;
  if (parts === undefined) {
    return html``;
  }
  const shown = made.get(answer) ?? partsOf(answer, parts);
  made.set(answer, shown);
  const listed = shown.table.rows.length;
  return html`<h3>${t('Where it comes from')}</h3>
    <p class="caption">
      ${t('This model looks each token up, adds the vectors up by their weights, and brings the sum to the length 1. Frequent tokens say little: their weight is small, or their vector short.')}
      ${listed < Math.min(used, tokenCount) ? t('Shown are the first {0} of {1} tokens.', listed, Math.min(used, tokenCount)) : nothing}
    </p>
    <table-view .value=${shown.table} .label=${t('Tokens of {0}', name)}></table-view>
    <h3>${t('What each token adds')}</h3>
    <tensor-view
      .value=${shown.added.value}
      .buffer=${shown.added.buffer}
      .label=${t('Weighted vectors of {0} tokens, and their sum', tokens.slice(0, listed).length)}
    ></tensor-view>`;
}

function partsOf({ tokens, dimensions }: InspectedText, parts: NonNullable<InspectedText['parts']>): Parts {
  const weights = new Float32Array(parts.weights);
  const norms = new Float32Array(parts.norms);
  const cosines = new Float32Array(parts.cosines);
  const vectors = new Float32Array(parts.vectors);
  const count = weights.length;
  const added = new Float32Array((count + 1) * dimensions);
  vectors.forEach((value, at) => {
    const adds = value * (weights[Math.floor(at / dimensions)] as number);
    const sum = count * dimensions + (at % dimensions);
    added[at] = adds;
    added[sum] = (added[sum] as number) + adds;
  });
  const pieces = tokens.slice(0, count).map(({ piece }) => piece);
  const column = (id: string, label: string, type: 'number' | 'piece' = 'number') => ({ id, label, type });
  const rounded = (value: number | undefined) => Number((value ?? 0).toPrecision(4));
  return {
    table: {
      kind: 'table',
      columns: [
        column('piece', t('token'), 'piece'),
        column('id', t('id')),
        column('weight', t('weight')),
        column('norm', t('length')),
        column('cosine', t('cosine to the sum')),
      ],
      rows: pieces.map((piece, row) => [
        piece,
        tokens[row]?.id ?? null,
        rounded(weights[row]),
        rounded(norms[row]),
        rounded(cosines[row]),
      ]),
    },
    added: tensorOf(added, [count + 1, dimensions], { axes: ['token', 'C'], labels: { 0: [...pieces, t('sum')] } }),
  };
}
