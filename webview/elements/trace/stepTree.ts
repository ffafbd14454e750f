// The list of a trace's steps, as a tree with one tab stop. It draws only the rows near the scrolled part, so that a
// trace of ten thousand steps scrolls like one of ten. Emits `step-pick` with the frame's number.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Frame, FrameId } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { chevronDownIcon, chevronRightIcon } from '../icons.ts';
import { ancestorsOf, type Outline, type OutlineRow, visibleRows } from './outline.ts';

const ROW = 26; // pixels; the style sheet below says the same
const AHEAD = 12; // rows drawn above and below what shows

export class StepTree extends LitElement {
  static override properties = {
    frames: { attribute: false },
    outline: { attribute: false },
    at: { attribute: false },
    labelOf: { attribute: false },
  };
  static override styles = [
    baseStyles,
    css`
      :host {
        height: 100%;
      }
      .list {
        height: 100%;
        overflow-y: auto;
        overflow-x: hidden;
        position: relative;
        font-size: var(--text-small);
      }
      .item {
        height: 26px;
        line-height: 26px;
        display: flex;
        align-items: center;
        padding-right: var(--space-2);
        cursor: pointer;
        white-space: nowrap;
        overflow: hidden;
        border-left: 3px solid transparent;
      }
      .item:hover {
        background: var(--hover);
      }
      .item[aria-selected='true'] {
        background: var(--vscode-list-inactiveSelectionBackground, var(--hover));
        color: var(--vscode-list-inactiveSelectionForeground, inherit);
        border-left-color: var(--accent);
        font-weight: 600;
      }
      .item:focus-visible {
        outline-offset: -2px;
      }
      .twisty {
        flex: none;
        width: 20px;
        display: inline-flex;
        justify-content: center;
      }
      .twisty svg {
        width: 12px;
        height: 12px;
      }
      .label {
        overflow: hidden;
        text-overflow: ellipsis;
      }
    `,
  ];
  declare frames: readonly Frame[];
  declare outline: Outline;
  declare at: FrameId;
  declare labelOf: (frame: FrameId) => string;
  /** What the learner opened or closed by hand; the way to the current step is always open. */
  private readonly opened = new Set<FrameId>();
  private readonly closed = new Set<FrameId>();
  private rows: OutlineRow[] = [];
  private first = 0;
  private last = 40;

  constructor() {
    super();
    this.frames = [];
    this.outline = { roots: [], children: new Map() };
    this.at = 0;
    this.labelOf = (frame) => this.frames[frame]?.label ?? '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('outline')) {
      this.opened.clear();
      this.closed.clear();
    }
    if (changed.has('at')) {
      this.closed.clear();
    }
    const open = new Set(this.opened);
    for (const ancestor of [this.at, ...ancestorsOf(this.frames, this.at)]) {
      open.add(ancestor);
    }
    for (const frame of this.closed) {
      open.delete(frame);
    }
    this.rows = visibleRows(this.outline, open);
  }

  protected override render(): TemplateResult {
    const to = Math.min(this.last, this.rows.length);
    const from = Math.min(this.first, to);
    return html`<div class="list scroll" role="tree" aria-label=${t('Steps')} @scroll=${this.onScroll} @keydown=${this.onKey}>
      <div class="before" role="presentation"></div>
      ${this.rows.slice(from, to).map((row) => this.renderRow(row))}
      <div class="after" role="presentation"></div>
    </div>`;
  }

  private renderRow({ frame, level, expanded, place, siblings }: OutlineRow): TemplateResult {
    const current = frame === this.selected();
    return html`<div
      class="item"
      role="treeitem"
      data-frame=${frame}
      data-level=${level}
      tabindex=${current ? 0 : -1}
      aria-level=${level}
      aria-selected=${current}
      aria-setsize=${siblings}
      aria-posinset=${place}
      aria-expanded=${expanded ?? nothing}
      title=${this.labelOf(frame)}
      @click=${() => this.pick(frame)}
    >
      <span
        class="twisty"
        @click=${(event: Event) => {
          if (expanded !== undefined) {
            event.stopPropagation();
            this.toggle(frame, !expanded);
          }
        }}
        >${expanded === undefined ? nothing : expanded ? chevronDownIcon : chevronRightIcon}</span
      ><span class="label">${this.labelOf(frame)}</span>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const root = this.renderRoot;
    const to = Math.min(this.last, this.rows.length);
    // The content policy forbids style attributes, so sizes and indents are set here.
    (root.querySelector('.before') as HTMLElement).style.height = `${Math.min(this.first, to) * ROW}px`;
    (root.querySelector('.after') as HTMLElement).style.height = `${(this.rows.length - to) * ROW}px`;
    for (const item of root.querySelectorAll<HTMLElement>('.item')) {
      item.style.paddingLeft = `${(Number(item.dataset.level) - 1) * 14 + 2}px`;
    }
    if (changed.has('at') || changed.has('outline')) {
      this.showCurrent();
    }
  }

  /** The current step, or where its group is closed the nearest one that shows. */
  private selected(): FrameId {
    const shown = new Set(this.rows.map((row) => row.frame));
    return [this.at, ...ancestorsOf(this.frames, this.at)].find((frame) => shown.has(frame)) ?? this.at;
  }

  /** Scrolls the list, and only the list, until the current step shows. */
  private showCurrent(): void {
    const list = this.renderRoot.querySelector('.list') as HTMLElement;
    const top = this.rows.findIndex((row) => row.frame === this.selected()) * ROW;
    if (top < list.scrollTop) {
      list.scrollTop = Math.max(0, top - ROW);
    } else if (top + ROW > list.scrollTop + list.clientHeight) {
      list.scrollTop = top - list.clientHeight + 2 * ROW;
    }
    this.onScroll();
  }

  private onScroll(): void {
    const list = this.renderRoot.querySelector('.list') as HTMLElement;
    const first = Math.max(0, Math.floor(list.scrollTop / ROW) - AHEAD);
    const last = Math.ceil((list.scrollTop + list.clientHeight) / ROW) + AHEAD;
    if (first !== this.first || last !== this.last) {
      this.first = first;
      this.last = last;
      this.requestUpdate();
    }
  }

  private pick(frame: FrameId): void {
    this.dispatchEvent(new CustomEvent('step-pick', { detail: frame }));
  }

  private toggle(frame: FrameId, open: boolean): void {
    this.opened.delete(frame);
    this.closed.delete(frame);
    (open ? this.opened : this.closed).add(frame);
    this.requestUpdate();
  }

  private onKey(event: KeyboardEvent): void {
    const index = this.rows.findIndex((row) => row.frame === this.selected());
    const row = this.rows[index];
    if (row === undefined) {
      return;
    }
    const go = (to: OutlineRow | undefined) => to !== undefined && this.pick(to.frame);
    switch (event.key) {
      case 'ArrowDown':
        go(this.rows[index + 1]);
        break;
      case 'ArrowUp':
        go(this.rows[index - 1]);
        break;
      case 'ArrowRight':
        if (row.expanded === false) {
          this.toggle(row.frame, true);
        } else if (row.expanded === true) {
          go(this.rows[index + 1]);
        }
        break;
      case 'ArrowLeft': {
        const parent = this.frames[row.frame]?.parent;
        if (row.expanded === true) {
          this.toggle(row.frame, false);
        } else if (parent !== undefined) {
          this.pick(parent);
        }
        break;
      }
      default:
        return; // Home, End and the rest are the player's
    }
    event.preventDefault();
    event.stopPropagation();
    void this.updateComplete.then(() => this.focusCurrent());
  }

  /** Keeps the focus on the current row after a key moved it. */
  private async focusCurrent(): Promise<void> {
    await new Promise((done) => requestAnimationFrame(done));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.item[tabindex="0"]')?.focus({ preventScroll: true });
  }
}
customElements.define('step-tree', StepTree);
