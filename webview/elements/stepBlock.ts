// A lesson's step block: a program's parameters, its run with progress and cancel, and the step view of its trace.
// While a slider or a point is moved it runs again at once, and shows what that makes of the step that it is at.
// Emits `open-in-panel` with the program and its parameters, where it has a page of its own to be opened on.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import type { StepBlock } from '../../src/shared/lesson.ts';
import {
  type CancelToken,
  type Computation,
  describeProgram,
  openSource,
  type ProgramInfo,
  type Progress,
  runProgram,
} from '../../src/shared/messages.ts';
import type { ParamValues, SourcePlace, Trace } from '../../src/shared/trace.ts';
import { t } from '../l10n.ts';
import { type BlockContext, keptRecord, titleOf, whenNear } from './blockContext.ts';
import { blockStyles } from './blockStyles.ts';
import { button } from './controls.ts';
import { fetchSliceOf } from './fetchSlice.ts';
import { openIcon } from './icons.ts';
import { LatestRun } from './latestRun.ts';
import type { PointsMove, PointsOffer } from './points/moves.ts';
import { describedEarly, isChanged, movable, paramsForm, valuesOf } from './programBlock.ts';
import { runFault } from './runFault.ts';
import { runningView } from './runningView.ts';
import { sameStep } from './sameStep.ts';
import type { FetchSlice } from './tensor/partFetcher.ts';
import { LOOKED, type PlayerState, startState } from './trace/playerState.ts';
import type { TracePlayer } from './trace/tracePlayer.ts';
import './trace/tracePlayer.ts';

/** A run that takes longer than this says that it is running, though an older trace is there, in milliseconds. */
const SLOW = 400;
/** How long nothing has moved when screen readers are told what came of it, in milliseconds. */
const REST = 900;

export class StepBlockElement extends LitElement {
  static override properties = {
    block: { attribute: false },
    context: { attribute: false },
    room: { type: Boolean, reflect: true },
    info: { state: true },
    values: { state: true },
    trace: { state: true },
    fault: { state: true },
    running: { state: true },
    progress: { state: true },
  };
  static override styles = blockStyles;
  declare block: StepBlock;
  declare context: BlockContext;
  /** It has a page to itself: no frame, no head, and a step view that uses the room. */
  declare room: boolean;
  declare info: ProgramInfo | undefined;
  declare values: ParamValues;
  declare trace: Trace | undefined;
  declare fault: Fault | undefined;
  declare running: boolean;
  declare progress: Progress | undefined;
  private player: PlayerState = startState;
  /** What is asked for was changed by the learner, and by moving something. */
  private asked: { readonly byLearner: boolean; readonly live: boolean } = { byLearner: false, live: false };
  private slow: ReturnType<typeof setTimeout> | undefined;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private readonly runs = new LatestRun<Trace>({
    work: (token) => this.compute(token),
    done: (trace) => this.show(trace),
    failed: (error) => this.fail(error),
    busy: (busy) => this.tellBusy(busy),
  });
  /** The parameters that can be set by dragging a point. */
  private dragged: readonly string[] = [];
  /** Gets the rest of the trace's tensors that came as previews. */
  private fetchSlice: FetchSlice | undefined;
  private near: { dispose(): void } | undefined;

  constructor() {
    super();
    this.room = false;
    this.values = {};
    this.running = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.near = whenNear(this, () => this.run());
    void this.describe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.near?.dispose();
    this.runs.forget();
    clearTimeout(this.slow);
    clearTimeout(this.rest);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('block')) {
      const { player } = keptRecord(this.context.read(this.block));
      this.values = valuesOf(this.block, this.context);
      this.player = { ...startState, ...(keptRecord(player) as Partial<PlayerState>) };
      if (this.hasUpdated) {
        this.info = undefined;
        this.run(); // the lesson's file changed; this asks for the description as well
      }
    }
  }

  protected override render(): TemplateResult {
    const { block, info } = this;
    const title = titleOf(info, this.fault, block.program);
    return html`<section class="block" aria-label=${title}>
      ${this.room ? nothing : html`<div class="head"><span class="title">${title}</span>${this.renderOpen()}</div>`}
      ${paramsForm(block, info, this.values, {
        context: this.context,
        folded: this.dragged,
        live: true,
        onChange: (values, live) => this.changeParams(values, live),
      })}
      ${this.running ? runningView(this.progress, () => this.runs.cancel()) : nothing}
      ${runFault(this.fault, this.context, () => this.run())}
      ${
        this.trace === undefined
          ? nothing
          : html`<trace-player
              .trace=${this.trace}
              .bet=${block.bet}
              .state=${this.player}
              .label=${info?.title}
              .fetchSlice=${this.fetchSlice}
              ?room=${this.room}
              ?hidden=${this.fault !== undefined}
              @player-change=${(event: CustomEvent<PlayerState>) => this.changePlayer(event.detail)}
              @reached-end=${() => this.context.happened(this.block, 'end')}
              @bet-placed=${() => this.context.happened(this.block, 'bet')}
              @points-offer=${(event: CustomEvent<PointsOffer>) => {
                event.detail.params = movable(block, info);
              }}
              @points-move=${(event: CustomEvent<PointsMove>) =>
                this.changeParams({ ...this.values, ...event.detail.params }, true)}
              @run-again=${() => this.run()}
              @open-source=${(event: CustomEvent<SourcePlace>) => this.open(event.detail)}
            ></trace-player>`
      }
      ${block.caption === undefined ? nothing : html`<p class="caption">${block.caption}</p>`}
    </section>`;
  }

  private renderOpen(): TemplateResult {
    const { program } = this.block;
    return button({
      label: t('Open in a panel of its own'),
      icon: openIcon,
      iconOnly: true,
      onClick: () => {
        const detail = { program, params: this.values };
        this.dispatchEvent(new CustomEvent<Computation>('open-in-panel', { detail, bubbles: true, composed: true }));
      },
    });
  }

  private changeParams(values: ParamValues, live: boolean): void {
    this.values = values;
    // Other parameters make other steps, and old bets mean nothing there. While something is moved nobody is asked
    // again: what was seen stays in sight.
    const { bets } = this.player;
    const passed = Object.fromEntries(Object.keys(bets).map((frame) => [frame, LOOKED]));
    this.player = { ...this.player, bets: live ? passed : {} };
    this.keep();
    this.asked = { byLearner: true, live };
    if (live) {
      this.runs.ask();
    } else {
      this.fault = undefined;
      this.runs.restart();
    }
  }

  private changePlayer(player: PlayerState): void {
    if (player.at !== this.player.at) {
      this.holdHeight(false); // another step has a height of its own
    }
    this.player = player;
    this.keep();
  }

  private keep(): void {
    this.context.keep(this.block, { params: this.values, player: this.player });
  }

  private async describe(): Promise<void> {
    const { block } = this;
    const info = await describedEarly(block, this.context);
    if (this.block.program === block.program) {
      this.info ??= info;
    }
  }

  /** Runs the program with the parameters as they are; a run that is still going is stopped. */
  private run(): void {
    this.asked = { byLearner: false, live: false };
    this.fault = undefined;
    this.runs.restart();
  }

  private async compute(token: CancelToken): Promise<Trace> {
    const { calls } = this.context;
    const { program } = this.block;
    const { values } = this;
    this.info ??= await calls.request(describeProgram, { program });
    const onProgress = (progress: Progress) => {
      this.progress = progress;
    };
    return calls.request(runProgram, { program, params: values }, { token, onProgress });
  }

  private tellBusy(busy: boolean): void {
    clearTimeout(this.slow);
    clearTimeout(this.rest);
    this.progress = undefined;
    // A bar that comes and goes would make the page jump: where there is something to see, only a slow run shows it.
    const later = busy && this.trace !== undefined;
    this.running = busy && (!later || this.running);
    if (later) {
      this.slow = setTimeout(() => {
        this.running = true;
      }, SLOW);
    }
    if (!busy && this.asked.byLearner) {
      this.rest = setTimeout(() => {
        this.renderRoot.querySelector<TracePlayer>('trace-player')?.say();
      }, REST);
    }
  }

  private fail(error: unknown): void {
    const fault = asFault(error);
    this.fault = fault.code === 'cancelled' ? stopped(fault) : fault;
  }

  private show(trace: Trace): void {
    const { byLearner, live } = this.asked;
    const before = this.trace;
    this.fault = undefined;
    if (byLearner && before !== undefined) {
      this.player = { ...this.player, at: sameStep(before.frames, this.player.at, trace.frames) };
      this.holdHeight(live);
    }
    this.trace = trace;
    this.dragged = draggedParams(trace);
    this.fetchSlice = fetchSliceOf(() => this.context.calls, trace);
    if (byLearner && isChanged(this.block, this.values)) {
      this.context.happened(this.block, 'change');
    }
  }

  /** While something is moved the page below must not jump: the step view keeps the height that it had. */
  private holdHeight(hold: boolean): void {
    const player = this.renderRoot.querySelector<HTMLElement>('trace-player');
    if (player !== null) {
      player.style.minHeight = hold ? `${player.offsetHeight}px` : '';
    }
  }

  private async open({ file, line }: SourcePlace): Promise<void> {
    try {
      await this.context.calls.request(openSource, { file, line });
    } catch (error) {
      this.context.failed(error);
    }
  }
}

/** The parameters that points of a trace can be dragged by. */
function draggedParams({ values }: Trace): readonly string[] {
  const points = values.flatMap((value) =>
    value.kind === 'points' || value.kind === 'plane' ? (value.points ?? []) : [],
  );
  return [...new Set(points.flatMap(({ move }) => (move === undefined ? [] : [move.x, move.y])))];
}

function stopped(fault: Fault): Fault {
  return Object.assign(fault, { message: t('Stopped before it was done.') });
}
customElements.define('step-block', StepBlockElement);
