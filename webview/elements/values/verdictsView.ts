// A classifier's verdicts: every thing on a line by its score, what is truly positive above, what is truly negative below,
// the threshold between the two verdicts to be dragged, and the four counts that come of it. It counts by itself at
// once, and says where the threshold went (`points-move`): the program runs again.

import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import type { NumberParam } from '../../../src/shared/params.ts';
import type { VerdictsValue } from '../../../src/shared/verdictsValue.ts';
import { formatNumber, t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { askOffer, type PointsMove, snapped } from '../points/moves.ts';
import { countsAt, type Lane, laneOf, MARK, scoreAt, shareOf, xOf } from '../verdicts/verdictsPicture.ts';
import { verdictsStyles } from '../verdicts/verdictsStyles.ts';

const WIDEST = 720;
/** Above each lane, for its name; below both, for the numbers. */
const [HEAD, FOOT] = [18, 46];
/** How long a dragged threshold stays where it was put, for the program to catch up, in milliseconds. */
const CATCH_UP = 600;
const KEYS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

export class VerdictsView extends LitElement {
  static override properties = {
    value: { attribute: false },
    label: {},
    width: { state: true },
    held: { state: true },
    pointed: { state: true },
  };
  static override styles = [baseStyles, verdictsStyles];
  declare value: VerdictsValue | undefined;
  declare label: string | undefined;
  declare width: number;
  /** Where the learner has the threshold, until the program has caught up. */
  declare held: number | undefined;
  /** What is read out of the thing under the pointer. */
  declare pointed: string;
  private spec: NumberParam | undefined;
  private dragging = false;
  private letGo: ReturnType<typeof setTimeout> | undefined;
  private readonly observer = new ResizeObserver(([entry]) => {
    this.width = Math.min(WIDEST, Math.round(entry?.contentRect.width ?? 0));
  });

  constructor() {
    super();
    this.width = 480;
    this.pointed = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
    clearTimeout(this.letGo);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('value') && this.value !== undefined) {
      const { param, threshold } = this.value;
      this.spec = param === undefined ? undefined : askOffer(this)[param];
      if (!this.dragging && this.held === threshold) {
        this.held = undefined;
      }
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { value } = this;
    if (value === undefined) {
      return nothing;
    }
    const { names, items, room } = value;
    const width = Math.max(200, this.width);
    const threshold = this.held ?? value.threshold;
    const lanes = [true, false].map((positive) =>
      laneOf(
        items.filter((item) => item.positive === positive),
        room,
        width,
      ),
    ) as [Lane, Lane];
    const below = HEAD + lanes[0].height + HEAD;
    const floor = below + lanes[1].height;
    const at = xOf(threshold, room, width);
    return html`<div
        class="line"
        @pointerdown=${this.grab}
        @pointermove=${this.drag}
        @pointerup=${this.release}
        @pointercancel=${this.release}
      >
        <svg height=${floor + FOOT} role="group" aria-label=${this.label ?? t('Verdicts')}>
          <g aria-hidden="true">
            <rect class="called" x=${at} y="0" width=${Math.max(0, width - at)} height=${floor} />
            ${this.renderLane(t('truly {0}', names.positive), lanes[0], HEAD, threshold)}
            ${this.renderLane(t('truly {0}', names.negative), lanes[1], below, threshold)}
            ${[room[0], 0, room[1]].map((tick) => {
              const x = xOf(tick, room, width);
              const anchor = tick === room[0] ? 'start' : tick === room[1] ? 'end' : 'middle';
              return svg`<text class="quiet-text" x=${x} y=${floor + 22} text-anchor=${anchor}>${formatNumber(tick)}</text>`;
            })}
            <text class="quiet-text" x="2" y=${floor + 40}>${t('◂ called {0}', names.negative)}</text>
            <text class="quiet-text" x=${width - 2} y=${floor + 40} text-anchor="end"
              >${t('called {0} ▸', names.positive)}</text
            >
          </g>
          ${this.renderThreshold(at, floor, threshold)}
        </svg>
      </div>
      <p class="readout quiet">${this.pointed || (this.spec === undefined ? value.scoreLabel : t('{0}. Drag the line, or use the arrow keys on it.', value.scoreLabel))}</p>
      ${this.renderCounts(value, threshold)}`;
  }

  private renderLane(name: string, { marks, height }: Lane, top: number, threshold: number): TemplateResult {
    return svg`<text x="2" y=${top - 5}>${name} (${formatNumber(marks.length)})</text>
      <line class="floor" x1="0" x2="100%" y1=${top + height + 0.5} y2=${top + height + 0.5} />
      ${marks.map(({ item, x, y }) => {
        const called = item.score > threshold;
        const kind = `mark ${item.positive ? 'positive' : 'negative'} ${called === item.positive ? 'right' : 'wrong'}`;
        const half = MARK / 2 - 1;
        const shape = item.positive
          ? `M0 ${-half - 0.5}L${half + 0.5} 0 0 ${half + 0.5} ${-half - 0.5} 0Z`
          : `M${-half} 0a${half} ${half} 0 1 0 ${2 * half} 0a${half} ${half} 0 1 0 ${-2 * half} 0`;
        return svg`<path class=${kind} d=${shape} transform="translate(${x} ${top + y})"
          @pointerenter=${() => {
            this.pointed = `${formatNumber(item.score, 2)}: ${item.label}`;
          }} />`;
      })}` as TemplateResult;
  }

  private renderThreshold(at: number, floor: number, threshold: number): TemplateResult {
    const line = svg`<line class="threshold" x1=${at} x2=${at} y1="0" y2=${floor} />`;
    const { spec } = this;
    if (spec === undefined) {
      return line as TemplateResult;
    }
    return svg`<g
      class="handle"
      tabindex="0"
      role="slider"
      aria-label=${spec.label}
      aria-valuemin=${spec.min}
      aria-valuemax=${spec.max}
      aria-valuenow=${threshold}
      aria-valuetext=${this.said(threshold)}
      @keydown=${this.onKey}
    >
      <rect class="hit" x=${at - 12} y="0" width="24" height=${floor + 10} />
      ${line}
      <circle class="focus" cx=${at} cy=${floor} r="11" />
      <circle class="grip" cx=${at} cy=${floor} r="7" />
    </g>` as TemplateResult;
  }

  /** For screen readers: where the threshold is, and what it makes of the counts. */
  private said(threshold: number): string {
    const { items, names } = this.value as VerdictsValue;
    const { truePositive, falsePositive, falseNegative } = countsAt(items, threshold);
    return t(
      '{0}: {1} {2} caught, {3} missed, {4} {5} called {2} by mistake',
      formatNumber(threshold, 2),
      truePositive,
      names.positive,
      falseNegative,
      falsePositive,
      names.negative,
    );
  }

  private renderCounts({ items, names }: VerdictsValue, threshold: number): TemplateResult {
    const { truePositive, falseNegative, falsePositive, trueNegative } = countsAt(items, threshold);
    const cell = (count: number, right: boolean, what: string) =>
      html`<td class=${right ? 'right' : 'wrong'}><b>${formatNumber(count)}</b>${right ? '✓' : '!'} ${what}</td>`;
    const none = t('none called so');
    return html`<div class="counts">
      <table>
        <caption class="sr">${t('The four counts')}</caption>
        <tr>
          <th></th>
          <th scope="col">${t('called {0}', names.positive)}</th>
          <th scope="col">${t('called {0}', names.negative)}</th>
        </tr>
        <tr>
          <th scope="row">${t('truly {0}', names.positive)}</th>
          ${cell(truePositive, true, t('caught'))}${cell(falseNegative, false, t('missed'))}
        </tr>
        <tr>
          <th scope="row">${t('truly {0}', names.negative)}</th>
          ${cell(falsePositive, false, t('lost'))}${cell(trueNegative, true, t('kept'))}
        </tr>
      </table>
      <dl>
        <dt>${t('right in all (accuracy)')}</dt>
        <dd>${shareOf(truePositive + trueNegative, items.length) ?? '–'}</dd>
        <dt>${t('of those called {0} (precision)', names.positive)}</dt>
        <dd>${shareOf(truePositive, truePositive + falsePositive) ?? none}</dd>
        <dt>${t('of all {0}, caught (recall)', names.positive)}</dt>
        <dd>${shareOf(truePositive, truePositive + falseNegative) ?? '–'}</dd>
      </dl>
    </div>`;
  }

  private move(to: number): void {
    const { value, spec } = this;
    if (value?.param === undefined || spec === undefined) {
      return;
    }
    const threshold = snapped(to, spec);
    if (threshold === (this.held ?? value.threshold)) {
      return;
    }
    this.held = threshold;
    clearTimeout(this.letGo);
    this.letGo = setTimeout(() => {
      if (!this.dragging) {
        this.held = undefined;
      }
    }, CATCH_UP);
    const detail: PointsMove = { params: { [value.param]: threshold } };
    this.dispatchEvent(new CustomEvent('points-move', { detail, bubbles: true, composed: true }));
  }

  private grab(event: PointerEvent): void {
    const onHandle = event.composedPath().some((node) => (node as Element).classList?.contains('handle'));
    if (event.button === 0 && onHandle) {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      this.dragging = true;
    }
  }

  private drag(event: PointerEvent): void {
    if (this.dragging && this.value !== undefined) {
      const { left } = (this.renderRoot.querySelector('svg') as Element).getBoundingClientRect();
      this.move(scoreAt(event.clientX - left, this.value.room, Math.max(200, this.width)));
    }
  }

  private release(): void {
    this.dragging = false;
  }

  private onKey(event: KeyboardEvent): void {
    const way = KEYS[event.key];
    if (way === undefined || this.spec === undefined || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // the step view has keys of its own
    const by = this.spec.step * (event.shiftKey ? 10 : 1);
    this.move((this.held ?? (this.value as VerdictsValue).threshold) + way * by);
  }
}
customElements.define('verdicts-view', VerdictsView);
