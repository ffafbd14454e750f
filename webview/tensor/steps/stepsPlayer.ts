// Two runs, stepped through together: the learner's beside the reference's, what differs marked in both. All of it is in
// the page already. Emits `steps-change` with the row that is shown.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Frame, FrameId, Port, SourcePlace, Trace } from '../../../src/shared/trace.ts';
import { type Beside, portBeside } from '../../elements/trace/beside.ts';
import { frameView } from '../../elements/trace/frameView.ts';
import { type Outline, outlineOf } from '../../elements/trace/outline.ts';
import { playerBar } from '../../elements/trace/playerBar.ts';
import { playerAction } from '../../elements/trace/playerKeys.ts';
import type { CellPick, TensorView } from '../../elements/values/tensorView.ts';
import { t } from '../../l10n.ts';
import type { StepPair } from './pairSteps.ts';
import { stepsStyles } from './stepsStyles.ts';
import { pairSentence, SIGNS, stateWords } from './stepsWords.ts';
import '../../elements/trace/stepTree.ts';

export class StepsPlayer extends LitElement {
  static override properties = {
    mine: { attribute: false },
    reference: { attribute: false },
    pairs: { attribute: false },
    at: { attribute: false },
    room: { type: Boolean, reflect: true },
    playing: { state: true },
    listOpen: { state: true },
    speed: { state: true },
    said: { state: true },
  };
  static override styles = stepsStyles;
  declare mine: Trace;
  declare reference: Trace;
  declare pairs: readonly StepPair[];
  /** The row that is shown. */
  declare at: number;
  declare room: boolean;
  declare playing: boolean;
  declare listOpen: boolean;
  declare speed: number;
  declare said: string;
  /** The rows as steps of one run, for the list. */
  private rows: readonly Frame[] = [];
  private outline: Outline = { roots: [], children: new Map() };
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.pairs = [];
    this.at = 0;
    this.room = true;
    this.playing = false;
    this.listOpen = false;
    this.speed = 1;
    this.said = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pause();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('pairs')) {
      this.pause();
      this.rows = rowsOf(this.pairs, this.mine, this.reference);
      this.outline = outlineOf(this.rows);
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const pair = this.pairs[this.at];
    if (pair === undefined) {
      return nothing;
    }
    const last = this.pairs.length - 1;
    return html`<div
      class="player ${this.listOpen ? 'list-open' : ''}"
      role="group"
      aria-label=${t('Both runs, step by step')}
      @keydown=${this.onKey}
    >
      ${playerBar({
        at: this.at,
        last,
        speed: this.speed,
        playing: this.playing,
        listOpen: this.listOpen,
        label: this.labelOf(this.at),
        onGo: (to) => this.go(to),
        onScrub: () => {},
        onToggle: () => this.toggle(),
        onSpeed: (speed) => {
          this.speed = speed;
        },
        onList: () => {
          this.listOpen = !this.listOpen;
        },
      })}
      <div class="body">
        <step-tree
          .frames=${this.rows}
          .outline=${this.outline}
          .at=${this.at}
          .labelOf=${(row: FrameId) => this.labelOf(row)}
          @step-pick=${(event: CustomEvent<FrameId>) => this.go(event.detail)}
        ></step-tree>
        <div class="stage">
          <p class="sentence ${pair.state}">${pairSentence(pair)}</p>
          <div class="runs" @cell-pick=${(event: CustomEvent<CellPick>) => this.pick(event)}>
            ${this.renderRun(t('Yours'), 'mine', pair)} ${this.renderRun(t('The reference'), 'reference', pair)}
          </div>
        </div>
      </div>
      <div class="sr" role="status" aria-live="polite">${this.said}</div>
    </div>`;
  }

  private renderRun(title: string, side: 'mine' | 'reference', pair: StepPair): TemplateResult {
    const trace = this[side];
    const id = pair[side];
    const frame = id === undefined ? undefined : trace.frames[id];
    return html`<section class="run" data-run=${side} aria-label=${title}>
      <h3 class="whose">${title}</h3>
      ${
        frame === undefined
          ? html`<p class="quiet">${t('No such step here.')}</p>`
          : frameView(trace, frame, {
              label: frame.label,
              veiled: false,
              noteElsewhere: false,
              hideMarks: undefined,
              leaveOut: undefined,
              fetchSlice: undefined,
              between: nothing,
              beside: (port, at, kind) => this.beside(side, pair, port, at, kind),
              onSource: (place) =>
                this.dispatchEvent(new CustomEvent<SourcePlace>('open-source', { detail: place, bubbles: true })),
            })
      }
    </section>`;
  }

  /** What stands for a port on the other side. */
  private beside(
    side: 'mine' | 'reference',
    pair: StepPair,
    { name }: Port,
    at: number,
    kind: 'in' | 'out',
  ): Beside | undefined {
    const other = side === 'mine' ? 'reference' : 'mine';
    const trace = this[other];
    const id = pair[other];
    const frame = id === undefined ? undefined : trace.frames[id];
    const value = frame && portBeside(kind === 'in' ? frame.inputs : frame.outputs, name, at, trace);
    return (
      value && {
        value,
        buffer: trace.buffer,
        same: side === 'mine' ? t('(the same in the reference)') : t('(the same in yours)'),
        differs: (number) => (side === 'mine' ? t('≠ {0} in the reference', number) : t('≠ {0} in yours', number)),
      }
    );
  }

  /** A cell picked in one run is picked in the other's tensor of that name as well, where it has its shape. */
  private pick(event: CustomEvent<CellPick>): void {
    const { value, index } = event.detail;
    const from = event.target as Element;
    const name = from.closest<HTMLElement>('[data-port]')?.dataset.port ?? '';
    const other = from.closest<HTMLElement>('[data-run]')?.dataset.run === 'mine' ? 'reference' : 'mine';
    const view = this.renderRoot.querySelector<TensorView>(
      `[data-run=${other}] [data-port="${CSS.escape(name)}"] tensor-view`,
    );
    if (view?.value?.shape.join() === value.shape.join()) {
      view.goTo(index);
    }
  }

  private labelOf(row: number): string {
    const pair = this.pairs[row];
    return pair === undefined ? '' : `${SIGNS[pair.state]} ${this.rows[row]?.label ?? ''}`;
  }

  private go(to: number): void {
    const at = Math.max(0, Math.min(to, this.pairs.length - 1));
    if (at !== this.at) {
      this.at = at;
      this.dispatchEvent(new CustomEvent<number>('steps-change', { detail: at }));
    }
    if (!this.playing) {
      this.say();
    }
  }

  /** Tells screen readers which step this is, and how the two runs stand in it. */
  say(): void {
    const pair = this.pairs[this.at] as StepPair;
    this.said = `${this.rows[this.at]?.label ?? ''}, ${stateWords(pair)}. ${pair.state === 'differs' ? pairSentence(pair) : ''}`;
  }

  private toggle(): void {
    if (this.playing) {
      this.pause();
      this.say();
      return;
    }
    if (this.at === this.pairs.length - 1) {
      this.go(0);
    }
    this.playing = true;
    this.schedule();
  }

  private pause(): void {
    this.playing = false;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.go(this.at + 1);
      if (this.at >= this.pairs.length - 1) {
        this.pause();
        this.say();
      } else {
        this.schedule();
      }
    }, 1000 / this.speed);
  }

  private onKey(event: KeyboardEvent): void {
    const action = playerAction(event, this.outline, this.at, this.pairs.length - 1);
    if (action !== undefined) {
      action === 'toggle' ? this.toggle() : this.go(action);
      event.preventDefault();
    }
  }
}

/** The pairs as steps of one run, each under what it is a part of. */
function rowsOf(pairs: readonly StepPair[], mine: Trace, reference: Trace): readonly Frame[] {
  const rowOf = { mine: new Map<FrameId, number>(), reference: new Map<FrameId, number>() };
  return pairs.map((pair, row) => {
    const side = pair.mine === undefined ? 'reference' : 'mine';
    const frame = (side === 'mine' ? mine : reference).frames[pair[side] as FrameId] as Frame;
    for (const one of ['mine', 'reference'] as const) {
      const id = pair[one];
      if (id !== undefined) {
        rowOf[one].set(id, row);
      }
    }
    const parent = frame.parent === undefined ? undefined : rowOf[side].get(frame.parent);
    return { op: frame.op, label: frame.label, inputs: [], outputs: [], ...(parent !== undefined && { parent }) };
  });
}
customElements.define('steps-player', StepsPlayer);
