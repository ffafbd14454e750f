// A lesson's step block: a program's parameters, its run with progress and cancel, and the step view of its trace.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import type { StepBlock } from '../../src/shared/lesson.ts';
import { describeProgram, openSource, type ProgramInfo, type Progress, runProgram } from '../../src/shared/messages.ts';
import type { ParamValues, SourcePlace, Trace } from '../../src/shared/trace.ts';
import { cancelSource } from '../host.ts';
import { t } from '../l10n.ts';
import { type BlockContext, keptParams, keptRecord, titleOf, whenNear } from './blockContext.ts';
import { blockStyles } from './blockStyles.ts';
import { faultView } from './faultView.ts';
import { runningView } from './runningView.ts';
import { type PlayerState, startState } from './trace/tracePlayer.ts';
import './trace/tracePlayer.ts';
import './paramControls.ts';

export class StepBlockElement extends LitElement {
  static override properties = {
    block: { attribute: false },
    context: { attribute: false },
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
  declare info: ProgramInfo | undefined;
  declare values: ParamValues;
  declare trace: Trace | undefined;
  declare fault: Fault | undefined;
  declare running: boolean;
  declare progress: Progress | undefined;
  private player: PlayerState = startState;
  private current: ReturnType<typeof cancelSource> | undefined;
  private near: { dispose(): void } | undefined;

  constructor() {
    super();
    this.values = {};
    this.running = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.near = whenNear(this, () => void this.run());
    void this.describe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.near?.dispose();
    this.current?.cancel();
    this.current = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('block')) {
      const kept = keptRecord(this.context.read(this.block));
      this.values = { ...this.block.params, ...keptParams(kept.params, this.block.controls) };
      this.player = { ...startState, ...(keptRecord(kept.player) as Partial<PlayerState>) };
      if (this.hasUpdated) {
        this.info = undefined;
        void this.run(); // the lesson's file changed; this asks for the description as well
      }
    }
  }

  protected override render(): TemplateResult {
    const { block, info } = this;
    const title = titleOf(info, this.fault, block.program);
    return html`<section class="block" aria-label=${title}>
      <div class="head"><span class="title">${title}</span></div>
      ${
        info === undefined || block.controls.length === 0
          ? nothing
          : html`<div class="pad">
              <param-controls
                .specs=${info.params}
                .names=${block.controls}
                .values=${this.values}
                .initial=${block.params}
                @params-change=${(event: CustomEvent<ParamValues>) => this.changeParams(event.detail)}
              ></param-controls>
            </div>`
      }
      ${this.running ? runningView(this.progress, () => this.current?.cancel()) : nothing}
      ${this.fault === undefined ? nothing : faultView(this.fault, { label: t('Run again'), run: () => void this.run() })}
      ${
        this.trace === undefined
          ? nothing
          : html`<trace-player
              .trace=${this.trace}
              .bet=${block.bet}
              .state=${this.player}
              .label=${info?.title}
              ?hidden=${this.fault !== undefined}
              @player-change=${(event: CustomEvent<PlayerState>) => {
                this.player = event.detail;
                this.keep();
              }}
              @reached-end=${() => this.context.happened(this.block, 'end')}
              @bet-placed=${() => this.context.happened(this.block, 'bet')}
              @open-source=${(event: CustomEvent<SourcePlace>) => this.open(event.detail)}
            ></trace-player>`
      }
      ${block.caption === undefined ? nothing : html`<p class="caption">${block.caption}</p>`}
    </section>`;
  }

  private changeParams(values: ParamValues): void {
    this.values = values;
    // Other parameters make other steps: old bets mean nothing there.
    this.player = { ...this.player, bets: {} };
    this.keep();
    void this.run(true);
  }

  private keep(): void {
    this.context.keep(this.block, { params: this.values, player: this.player });
  }

  /** Names the block and draws its controls before it comes near: the keyboard walks by nothing that isn't there. */
  private async describe(): Promise<void> {
    const { program } = this.block;
    try {
      const info = await this.context.calls.request(describeProgram, { program });
      if (this.block.program === program) {
        this.info = info;
      }
    } catch {
      // The run asks again, and says what is wrong.
    }
  }

  /** Runs the program with the parameters as they are; a run that is still going is stopped. */
  private async run(byLearner = false): Promise<void> {
    this.current?.cancel();
    const source = cancelSource();
    this.current = source;
    this.fault = undefined;
    this.progress = undefined;
    this.running = true;
    const { calls } = this.context;
    const { program } = this.block;
    try {
      this.info ??= await calls.request(describeProgram, { program });
      const trace = await calls.request(
        runProgram,
        { program, params: this.values },
        { token: source.token, onProgress: (progress) => this.current === source && this.take(progress) },
      );
      if (this.current === source) {
        this.show(trace, byLearner);
      }
    } catch (error) {
      if (this.current === source) {
        const fault = asFault(error);
        this.fault = fault.code === 'cancelled' ? stopped(fault) : fault;
      }
    } finally {
      if (this.current === source) {
        this.running = false;
      }
    }
  }

  private take(progress: Progress): void {
    this.progress = progress;
  }

  private show(trace: Trace, byLearner: boolean): void {
    // Stay at the same kind of step where there is one: a slider then shows its effect in place.
    const before = this.trace?.frames[this.player.at]?.op;
    if (byLearner && trace.frames[this.player.at]?.op !== before) {
      this.player = { ...this.player, at: 0 };
    }
    this.trace = trace;
    if (byLearner && Object.entries(this.values).some(([name, value]) => value !== this.block.params[name])) {
      this.context.happened(this.block, 'change');
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

function stopped(fault: Fault): Fault {
  return Object.assign(fault, { message: t('Stopped before it was done.') });
}
customElements.define('step-block', StepBlockElement);
