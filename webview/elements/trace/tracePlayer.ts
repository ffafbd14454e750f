// The step view: a trace, walked by keyboard, mouse or by itself. All of it is in the page already, so a step sends no
// message. It doesn't run programs: stepBlock.ts does, and hands the trace over.
// Emits `player-change` with its {@link PlayerState}, `open-source` with a place, `bet-placed` and `reached-end`.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Frame, FrameId, Trace } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import type { FetchSlice } from '../tensor/partFetcher.ts';
import { type Bet, type BetRule, betsOf, listsAll } from './bet.ts';
import { betOutcome, openBet, waitingBet } from './betView.ts';
import { frameView } from './frameView.ts';
import { ancestorsOf, type Outline, outlineOf } from './outline.ts';
import { playerBar } from './playerBar.ts';
import { playerAction } from './playerKeys.ts';
import {
  LOOKED,
  openBetOf,
  type PlacedBet,
  type PlayerState,
  placedBetOf,
  shownLabel,
  startState,
} from './playerState.ts';
import { playerStyles } from './playerStyles.ts';
import { StageHeight } from './stageHeight.ts';
import './stepTree.ts';

export class TracePlayer extends LitElement {
  static override properties = {
    trace: { attribute: false },
    bet: { attribute: false },
    state: { attribute: false },
    label: {},
    fetchSlice: { attribute: false },
    room: { type: Boolean, reflect: true },
    playing: { state: true },
    scrubbing: { state: true },
    listOpen: { state: true },
  };
  static override styles = playerStyles;
  declare trace: Trace | undefined;
  declare bet: BetRule | undefined;
  declare state: PlayerState;
  /** Names the whole to screen readers. */
  declare label: string | undefined;
  /** Gets parts of tensors that came as previews. */
  declare fetchSlice: FetchSlice | undefined;
  /** It has a page to itself: the list of steps stays beside what scrolls, and is always open where it stands above. */
  declare room: boolean;
  declare playing: boolean;
  /** The scrubber is being dragged. */
  declare scrubbing: boolean;
  declare listOpen: boolean;
  private outline: Outline = { roots: [], children: new Map() };
  private bets: readonly Bet[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private said = '';
  private readonly height = new StageHeight();

  constructor() {
    super();
    this.state = startState;
    this.room = false;
    this.playing = false;
    this.scrubbing = false;
    this.listOpen = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pause();
  }

  private get frames(): readonly Frame[] {
    return this.trace?.frames ?? [];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('trace') || changed.has('bet')) {
      this.bets = this.trace === undefined ? [] : betsOf(this.trace, this.bet);
    }
    if (changed.has('trace')) {
      this.outline = outlineOf(this.frames);
      this.pause();
      this.said = '';
      const last = Math.max(0, this.frames.length - 1);
      if (this.state.at > last) {
        this.state = { ...this.state, at: last };
      }
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const trace = this.trace;
    const frame = this.frames[this.state.at];
    if (trace === undefined || frame === undefined) {
      return html`<p class="quiet">${t('This program recorded no steps.')}</p>`;
    }
    const open = this.openBet();
    const asked = open?.asked === this.state.at ? open : undefined;
    const label = this.shownLabel(this.state.at);
    return html`<div
      class="player ${this.listOpen ? 'list-open' : ''} ${this.frames.length === 1 && !this.room ? 'single' : ''}"
      role="group"
      aria-label=${this.label ?? t('Steps')}
      @keydown=${this.onKey}
    >
      ${this.renderBar()}
      <div class="body">
        <step-tree
          .frames=${this.frames}
          .outline=${this.outline}
          .at=${this.state.at}
          .labelOf=${(id: FrameId) => this.shownLabel(id)}
          @step-pick=${(event: CustomEvent<FrameId>) => this.go(event.detail)}
        ></step-tree>
        <div class="stage">
          ${this.renderPath()}
          ${frameView(trace, frame, {
            label,
            veiled: asked !== undefined,
            noteElsewhere: this.settledBet() !== undefined,
            hideMarks: asked === undefined ? undefined : this.bet?.table,
            leaveOut: asked !== undefined && listsAll(asked) ? this.bet?.table : undefined,
            fetchSlice: this.fetchSlice,
            onSource: (place) => this.dispatchEvent(new CustomEvent('open-source', { detail: place })),
            between: asked === undefined ? this.renderPlaced(frame) : this.renderOpenBet(asked),
          })}
        </div>
      </div>
      <div class="sr" role="status" aria-live="polite">${this.said}</div>
    </div>`;
  }

  private renderBar(): TemplateResult {
    return playerBar({
      at: this.state.at,
      last: this.frames.length - 1,
      speed: this.state.speed,
      playing: this.playing,
      listOpen: this.listOpen,
      label: this.shownLabel(this.state.at),
      onGo: (to) => this.go(to),
      onScrub: (held) => {
        this.scrubbing = held;
      },
      onToggle: () => this.toggle(),
      onSpeed: (speed) => this.change({ speed }),
      onList: () => {
        this.listOpen = !this.listOpen;
      },
    });
  }

  /** Where the step stands: the names of the steps that it is a part of. */
  private renderPath(): TemplateResult | typeof nothing {
    const ancestors = ancestorsOf(this.frames, this.state.at).reverse();
    return ancestors.length === 0
      ? nothing
      : html`<p class="path">${ancestors.map((id) => html`<span>${this.shownLabel(id)}</span>`)}</p>`;
  }

  private renderOpenBet(bet: Bet): TemplateResult {
    return openBet(this.bet as BetRule, bet, {
      bet: (row) => {
        this.place(bet, row);
        this.dispatchEvent(new CustomEvent('bet-placed'));
      },
      skip: () => this.place(bet, LOOKED),
      never: () => this.change({ betting: false }),
    });
  }

  private placedBet(): PlacedBet | undefined {
    return placedBetOf(this.bets, this.state);
  }

  private settledBet(): PlacedBet | undefined {
    const placed = this.placedBet();
    return placed?.bet.frame === this.state.at ? placed : undefined;
  }

  private renderPlaced(frame: Frame): TemplateResult | typeof nothing {
    const placed = this.placedBet();
    if (placed === undefined) {
      return nothing;
    }
    return this.settledBet() === undefined
      ? waitingBet(placed.bet, placed.row)
      : betOutcome(frame, placed.bet, placed.row);
  }

  private place(bet: Bet, row: number): void {
    this.change({ bets: { ...this.state.bets, [bet.frame]: row } });
    void this.updateComplete.then(() => this.focusStage());
  }

  /** After a bet its buttons are gone: the focus goes to the step's heading and not to the page's top. */
  private focusStage(): void {
    this.renderRoot.querySelector<HTMLElement>('.frame-label')?.focus({ preventScroll: true });
  }

  private openBet(): Bet | undefined {
    return openBetOf(this.bets, this.state);
  }

  private shownLabel(id: FrameId): string {
    return shownLabel(this.frames, id, this.openBet());
  }

  private go(to: FrameId): void {
    const at = Math.max(0, Math.min(to, this.frames.length - 1));
    if (at === this.state.at) {
      return;
    }
    // Walking past an open bet is looking without betting.
    const passed = this.openBet();
    const looked = passed !== undefined && passed.asked === this.state.at && at > this.state.at;
    this.change({ at, ...(looked && { bets: { ...this.state.bets, [passed.frame]: LOOKED } }) });
    if (!this.playing) {
      this.say();
    }
    if (at === this.frames.length - 1) {
      this.dispatchEvent(new CustomEvent('reached-end'));
    }
  }

  /** Tells screen readers which step this is and what happens in it, as far as it may be told. */
  say(): void {
    const frame = this.frames[this.state.at];
    this.requestUpdate();
    this.said = `${this.shownLabel(this.state.at)}. ${this.openBet()?.asked === this.state.at ? this.bet?.question : (frame?.note ?? '')}`;
  }

  private change(part: Partial<PlayerState>): void {
    this.state = { ...this.state, ...part };
    this.dispatchEvent(new CustomEvent('player-change', { detail: this.state }));
  }

  private toggle(): void {
    if (this.playing) {
      this.pause();
      this.say();
      return;
    }
    if (this.state.at === this.frames.length - 1) {
      this.go(0);
    }
    this.playing = true;
    this.schedule();
  }

  pause(): void {
    this.playing = false;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      if (this.openBet()?.asked === this.state.at) {
        this.pause(); // a bet waits for the learner
        this.say();
        return;
      }
      this.go(this.state.at + 1);
      if (this.state.at >= this.frames.length - 1) {
        this.pause();
        this.say();
      } else {
        this.schedule();
      }
    }, 1000 / this.state.speed);
  }

  private onKey(event: KeyboardEvent): void {
    const action = playerAction(event, this.outline, this.state.at, this.frames.length - 1);
    if (action === undefined) {
      return;
    }
    if (action === 'toggle') {
      this.toggle();
    } else {
      this.go(action);
    }
    event.preventDefault();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const stage = this.renderRoot.querySelector<HTMLElement>('.stage');
    if (stage === null) {
      return;
    }
    if (changed.has('trace')) {
      this.height.forget(stage);
    } else if (changed.has('state') || changed.has('playing') || changed.has('scrubbing')) {
      requestAnimationFrame(() => this.height.keep(stage, this.playing || this.scrubbing));
    }
  }
}
customElements.define('trace-player', TracePlayer);
