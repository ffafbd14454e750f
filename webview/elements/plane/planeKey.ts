// The key below a plane, where it moves nothing when it grows: what each shape, dash and shade stands for.

import { html, nothing, svg, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { PlaneValue } from '../../../src/shared/planeValue.ts';
import { t } from '../../l10n.ts';
import type { Relief } from './heights.ts';
import { KINDS, shapeOf } from './marks.ts';
import { type Look, paintKey } from './paint.ts';
import { groupsOf, heightText, lineText } from './planeWords.ts';

export function planeKey(value: PlaneValue, relief: Relief | undefined, look: Look): TemplateResult | typeof nothing {
  const groups = groupsOf(value);
  const { points = [], paths = [], lines = [], heights } = value;
  const wrong = points.filter((point) => point.wrong === true).length;
  const items = [
    ...groups.map((group, kind) => item(sign(svg`<g class="point kind${kind % KINDS}">${shapeOf(kind)}</g>`), group)),
    ...(points.some((point) => point.wrong !== undefined)
      ? [
          item(
            sign(svg`<g class="wrong" transform="scale(0.8)"><circle r="10.5" /><path d="m7 -13 5 5m0 -5-5 5" /></g>`),
            t('wrong: {0}', wrong),
          ),
        ]
      : []),
    ...paths.map(({ label }, kind) =>
      item(
        svg`<g class="path kind${kind % KINDS}"><path class="way" d="M0 0H30" /><g class="point" transform="translate(34 0)">${shapeOf(kind)}</g></g>`,
        label,
        true,
      ),
    ),
    ...lines
      .filter(({ role }) => role !== 'dim')
      .map((line) => item(nothing, `${line.label === undefined ? '' : `${line.label}: `}${lineText(value, line)}`)),
    ...(heights?.boundary === undefined
      ? []
      : [item(svg`<path class="boundary" d="M0 0H30" />`, heights.boundary.label, true)]),
  ];
  if (relief !== undefined && heights !== undefined) {
    items.push(
      html`<li>
        ${heights.label} <span class="number">${heightText(relief.range[0])}</span>
        <canvas
          class="strip"
          aria-hidden="true"
          ${ref((strip) => strip instanceof HTMLCanvasElement && paintKey(strip, relief.boundary !== undefined, look))}
        ></canvas>
        <span class="number">${heightText(relief.range[1])}</span>
        ${heights.scale === 'log' ? html`<span class="quiet">${t('(log)')}</span>` : nothing}
      </li>`,
    );
  }
  return items.length === 0 ? nothing : html`<ul class="key">${items}</ul>`;
}

function sign(drawing: unknown): unknown {
  return svg`<g transform="translate(9 0)">${drawing}</g>`;
}

function item(drawing: unknown, text: string, wide = false): TemplateResult {
  const width = wide ? 42 : 18;
  return html`<li>
    ${drawing === nothing ? nothing : html`<svg width=${width} height="20" viewBox="0 -10 ${width} 20" aria-hidden="true">${drawing}</svg>`}
    <span>${text}</span>
  </li>`;
}
