// A tensor's figures and its histogram, of the whole tensor, whatever part of it is on the screen.

import { css, html, nothing, svg, type TemplateResult } from 'lit';
import type { TensorValue } from '../../../src/shared/trace.ts';
import { formatNumber, t } from '../../l10n.ts';
import { sizeOf } from './grid.ts';
import { short } from './numberText.ts';

const WIDTH = 320;
const HEIGHT = 84;
const FOOT = 16;

export const statisticsStyles = css`
  .statistics {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-5);
    align-items: start;
  }
  .statistics dl {
    display: grid;
    grid-template-columns: auto auto;
    gap: 0 var(--space-3);
    margin: 0;
    font-size: var(--text-small);
    line-height: 1.5;
  }
  .statistics dt {
    color: var(--ink-quiet);
  }
  .statistics dd {
    margin: 0;
    text-align: right;
    font-family: var(--mono);
  }
  .histogram {
    width: 320px;
    max-width: 100%;
    height: auto;
    font-size: 10.5px;
    font-family: var(--mono);
  }
  .histogram .bar {
    fill: color-mix(in srgb, var(--ink) 62%, transparent);
  }
  .histogram .zero,
  .histogram .base {
    stroke: var(--ink);
  }
  .histogram .zero {
    stroke-dasharray: 2 2;
  }
  .histogram text {
    fill: var(--ink);
  }
`;

export function statisticsPanel({ statistics, shape, dtype }: TensorValue): TemplateResult {
  const { min, max, mean, std, nan, inf } = statistics;
  const figure = (name: string, value: number | null) =>
    html`<dt>${name}</dt><dd>${value === null ? '–' : short(value, 6)}</dd>`;
  return html`<div class="statistics">
    <dl>
      <dt>${t('Elements')}</dt><dd>${formatNumber(sizeOf(shape))}</dd>
      <dt>${t('Type')}</dt><dd>${dtype}</dd>
      ${figure(t('Least'), min)}${figure(t('Greatest'), max)}${figure(t('Mean'), mean)}
      ${figure(t('Standard deviation'), std)}
      <dt>${t('Not a number')}</dt><dd>${formatNumber(nan)}</dd>
      <dt>${t('Infinite')}</dt><dd>${formatNumber(inf)}</dd>
    </dl>
    ${min === null ? nothing : histogram(statistics.histogram)}
  </div>`;
}

function histogram({ from, to, counts }: TensorValue['statistics']['histogram']): TemplateResult {
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0) {
    return html``;
  }
  const width = WIDTH / counts.length;
  const floor = HEIGHT - FOOT;
  const total = counts.reduce((a, b) => a + b, 0);
  const fullest = counts.indexOf(most);
  const bin = (to - from) / counts.length;
  const label = t(
    'Histogram from {0} to {1}; most, {2} of {3}, lie between {4} and {5}.',
    short(from),
    short(to),
    most,
    total,
    short(from + fullest * bin),
    short(from + (fullest + 1) * bin),
  );
  const zero = from < 0 && to > 0 ? (-from / (to - from)) * WIDTH : undefined;
  return html`<svg class="histogram" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
    ${counts.map((count, at) => {
      // What is not empty is seen, however rare.
      const height = count === 0 ? 0 : Math.max(1, (count / most) * (floor - 2));
      return svg`<rect class="bar" x=${at * width} y=${floor - height} width=${Math.max(0.5, width - 1)} height=${height}></rect>`;
    })}
    ${zero === undefined ? nothing : svg`<line class="zero" x1=${zero} x2=${zero} y1="0" y2=${floor}></line>`}
    <line class="base" x1="0" x2=${WIDTH} y1=${floor} y2=${floor}></line>
    <text x="0" y=${HEIGHT - 3}>${short(from)}</text>
    ${zero === undefined || zero < 60 || zero > WIDTH - 60 ? nothing : svg`<text x=${zero} y=${HEIGHT - 3} text-anchor="middle">0</text>`}
    <text x=${WIDTH} y=${HEIGHT - 3} text-anchor="end">${short(to)}</text>
  </svg>`;
}
