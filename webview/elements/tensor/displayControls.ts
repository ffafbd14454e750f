// What the learner can choose about a heatmap: its axes and where the others stand, its colours, their range, and what a
// pixel shows that stands for many cells.

import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { t } from '../../l10n.ts';
import { dropdown, textField } from '../controls.ts';
import { type Choice, withAxis } from './grid.ts';
import type { Pooling } from './pyramid.ts';
import type { RangeChoice, RangeMode } from './range.ts';
import type { SharedRange } from './sharedRange.ts';

export const displayStyles = css`
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-4);
    align-items: end;
  }
  .choice {
    display: grid;
    gap: 2px;
    font-size: var(--text-small);
    min-width: 0;
  }
  .choice vscode-text-field {
    width: 8em;
  }
  .slicers {
    display: grid;
    gap: 2px;
    font-size: var(--text-small);
    max-width: 30em;
  }
  .slicer {
    display: grid;
    grid-template-columns: minmax(3ch, auto) minmax(60px, 1fr) minmax(6ch, auto);
    gap: var(--space-2);
    align-items: center;
  }
  .slicer output {
    text-align: right;
    font-family: var(--mono);
  }
`;

function choice<T extends string>(
  label: string,
  value: T,
  options: Readonly<Partial<Record<T, string>>>,
  set: (value: T) => void,
) {
  const list = (Object.entries(options) as [T, string][]).map(([key, text]) => ({ value: key, label: text }));
  return html`<div class="choice">
    <span aria-hidden="true">${label}</span>
    ${dropdown({ label, value, options: list, onChange: (next) => set(next as T) })}
  </div>`;
}

/** Which axes are on the screen, for ranks above 2, and a slider for each of the others. */
export function axisControls(
  shape: readonly number[],
  names: readonly string[],
  labels: Readonly<Record<number, readonly string[]>>,
  shown: Choice,
  set: (choice: Choice) => void,
): TemplateResult | typeof nothing {
  if (shape.length < 3) {
    return nothing;
  }
  const axes = Object.fromEntries(names.map((name, axis) => [String(axis), `${name} (${shape[axis]})`]));
  const pick = (label: string, side: 'row' | 'column') =>
    choice(label, String(shown[side]), axes, (axis) => set(withAxis(shown, side, Number(axis))));
  return html`<div class="choices">${pick(t('Down'), 'row')}${pick(t('Across'), 'column')}</div>
    <div class="slicers">
      ${names.map((name, axis) => {
        const last = (shape[axis] as number) - 1;
        const at = shown.fixed[axis] as number;
        return axis === shown.row || axis === shown.column || last < 1
          ? nothing
          : html`<label class="slicer">
              <span>${name}</span>
              <input
                type="range"
                min="0"
                max=${last}
                .value=${live(String(at))}
                data-axis=${axis}
                @input=${(event: Event) =>
                  set({
                    ...shown,
                    fixed: shown.fixed.with(axis, Number((event.currentTarget as HTMLInputElement).value)),
                  })}
              />
              <output>${labels[axis]?.[at] ?? `${at} (0–${last})`}</output>
            </label>`;
      })}
    </div>`;
}

/** @param shared the range is shared with other tensors, unless the learner wants the tensor's own. */
export function colorControls(
  range: RangeChoice,
  pooling: Pooling,
  shared: SharedRange | undefined,
  set: (change: Partial<RangeChoice>) => void,
  setPooling: (pooling: Pooling) => void,
): TemplateResult {
  return html`<div class="choices">
    ${choice(
      t('Colours'),
      range.map,
      { auto: t('as the signs ask'), diverging: t('blue – 0 – orange'), sequential: t('low to high') },
      (map) => set({ map }),
    )}
    ${choice<RangeMode>(
      t('Range'),
      range.mode,
      {
        auto:
          shared === undefined
            ? t('least to greatest')
            : shared.runs === true
              ? t('shared by both runs')
              : t('shared by what holds the same numbers'),
        ...(shared !== undefined && { own: t('least to greatest of this one') }),
        symmetric: t('symmetric about 0'),
        percentile: t('without the extremes'),
        manual: t('from and to'),
      },
      (mode) => set({ mode }),
    )}
    ${
      range.mode === 'percentile'
        ? html`<div class="choice">${numberField(
            t('Cut off, % at either end'),
            range.percent,
            (percent) => set({ percent }),
            (value) => value >= 0 && value < 50,
          )}</div>`
        : nothing
    }
    ${
      range.mode === 'manual'
        ? html`<div class="choice">${numberField(
            t('From'),
            range.low,
            (low) => set({ low }),
            (value) => value < range.high,
          )}</div>
            <div class="choice">${numberField(
              t('To'),
              range.high,
              (high) => set({ high }),
              (value) => value > range.low,
            )}</div>`
        : nothing
    }
    ${choice<Pooling>(
      t('Many cells in a pixel'),
      pooling,
      { mean: t('their mean'), max: t('the greatest'), min: t('the least') },
      setPooling,
    )}
  </div>`;
}

/** Sliders and fields use keys that walk from step to step outside: a listener for what holds them. */
export function keepKeys(event: KeyboardEvent): void {
  if ((event.composedPath()[0] as Element).matches('input, select, textarea')) {
    event.stopPropagation();
  }
}

/** What is no number, or not a fitting one, is marked and not taken. */
function numberField(label: string, value: number, set: (value: number) => void, fits: (value: number) => boolean) {
  return textField({
    label,
    value: String(value),
    onInput: (text) => {
      const given = Number(text);
      if (text.trim() !== '' && Number.isFinite(given) && fits(given)) {
        set(given);
      }
    },
  });
}
