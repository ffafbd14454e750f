// A lesson's plot block: runs its program and draws a table that it yields; where the block asks for a bet, not before it
// is placed. A session is pulled only while it runs, the block is on the screen and the page shows, so pausing is not
// asking; it ends when the block goes away.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../../src/shared/errors.ts';
import type { PlotBlock } from '../../../src/shared/lesson.ts';
import { describeProgram, type ProgramInfo, runProgram } from '../../../src/shared/messages.ts';
import type { ParamValues, TracePart } from '../../../src/shared/trace.ts';
import { cancelSource } from '../../host.ts';
import { reducedMotion } from '../base.ts';
import { betStyles } from '../betStyles.ts';
import { type BlockContext, titleOf, whenNear } from '../blockContext.ts';
import { blockStyles } from '../blockStyles.ts';
import { describedEarly, isChanged, movable, paramsForm, valuesOf } from '../programBlock.ts';
import { runFault } from '../runFault.ts';
import { runningView } from '../runningView.ts';
import { besideOf, besideStyles, besideView, type Offer } from './beside.ts';
import { betOutcome, keptBet, openBet, type Placed } from './plotBet.ts';
import { saidOf } from './saidOf.ts';
import { Series } from './series.ts';
import { type Phase, sessionKeys } from './sessionKeys.ts';
import { SessionPull } from './sessionPull.ts';
import './plotView.ts';

export class PlotBlockElement extends LitElement {
  static override properties = {
    block: { attribute: false },
    context: { attribute: false },
    info: { state: true },
    values: { state: true },
    phase: { state: true },
    placed: { state: true },
    fault: { state: true },
    version: { state: true },
  };
  static override styles = [
    blockStyles,
    betStyles,
    besideStyles,
    css`
      .title:focus {
        outline: none;
      }
      .state {
        font-size: var(--text-small);
      }
    `,
  ];
  declare block: PlotBlock;
  declare context: BlockContext;
  declare info: ProgramInfo | undefined;
  declare values: ParamValues;
  declare phase: Phase;
  /** The bet, where the block asks for one and it is placed. */
  declare placed: Placed | undefined;
  declare fault: Fault | undefined;
  /** Counts what was added, so that the plot is drawn again. */
  declare version: number;
  private series: Series | undefined;
  private source: ReturnType<typeof cancelSource> | undefined;
  private readonly pull = new SessionPull({
    calls: () => this.context.calls,
    seen: () => this.onScreen && document.visibilityState === 'visible',
    onPart: (part) => this.take(part),
    onFault: (error) => this.fail(error),
  });
  private onScreen = false;
  private near: { dispose(): void } | undefined;
  private watcher: IntersectionObserver | undefined;

  constructor() {
    super();
    this.values = {};
    this.phase = 'idle';
    this.version = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.near = whenNear(this, () => void this.prepare());
    void this.describe();
    this.watcher = new IntersectionObserver(([entry]) => {
      this.onScreen = entry?.isIntersecting === true;
    });
    this.watcher.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.near?.dispose();
    this.watcher?.disconnect();
    void this.end();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('block')) {
      const { bet } = this.block;
      this.values = valuesOf(this.block, this.context);
      this.placed = bet && keptBet(bet, this.context.read(this.block));
      if (this.hasUpdated) {
        this.info = undefined;
        void this.restart(); // the lesson's file changed
      }
    }
  }

  protected override render(): TemplateResult {
    const { block, info, series } = this;
    const title = titleOf(info, this.fault, block.program);
    const { planes, rest } = besideOf(series);
    const offer: Offer = {
      params: movable(block, info),
      move: (moved) => void this.changeParams({ ...this.values, ...moved }),
    };
    if (this.openBet !== undefined) {
      return html`<section class="block" aria-label=${title}>
        <div class="head"><span class="title">${title}</span></div>
        <div class="pad">${openBet(this.openBet, (placed) => void this.place(placed))}</div>
      </section>`;
    }
    return html`<section class="block" aria-label=${title}>
      <div class="head">
        <span class="title" tabindex="-1">${title}</span>
        <span class="row">${
          info?.session !== true
            ? nothing
            : sessionKeys(this.phase, series?.frames ?? 0, {
                go: () => void this.go(),
                pause: () => this.pause(),
                restart: () => void this.restart(),
              })
        }</span>
      </div>
      ${paramsForm(block, info, this.values, { context: this.context, live: false, onChange: (values) => void this.changeParams(values) })}
      ${this.phase === 'running' && info?.session !== true ? runningView(undefined, () => this.source?.cancel()) : nothing}
      ${runFault(this.fault, this.context, () => void this.restart())}
      <div class="pad ${planes.length > 0 ? 'pair' : ''}">
        ${besideView(planes, offer)}
        <div>
          <plot-view
            .lines=${series?.drawn ?? []}
            .xLabel=${block.xLabel ?? block.x}
            .yLabel=${block.yLabel}
            .label=${title}
          ></plot-view>
          <p class="state quiet number">${info?.session === true ? saidOf(series, this.phase === 'done') : nothing}</p>
          ${this.renderOutcome()} ${besideView(rest, offer)}
        </div>
      </div>
      ${block.caption === undefined ? nothing : html`<p class="caption">${block.caption}</p>`}
    </section>`;
  }

  /** The bet that is still to be placed. */
  private get openBet(): PlotBlock['bet'] {
    return this.placed === undefined ? this.block.bet : undefined;
  }

  /** Once the whole answer is drawn, and as long as it is the answer to what was asked. */
  private renderOutcome(): TemplateResult | typeof nothing {
    const { block, phase, placed, values } = this;
    return block.bet === undefined || typeof placed !== 'number' || phase !== 'done' || isChanged(block, values)
      ? nothing
      : betOutcome(block.bet, placed);
  }

  private async describe(): Promise<void> {
    const { block } = this;
    const info = await describedEarly(block, this.context);
    if (this.block.program === block.program) {
      this.info ??= info;
    }
  }

  /** The block comes near: learn what the program is, and start it unless a bet is open or motion is unwanted. */
  private async prepare(): Promise<void> {
    try {
      this.info ??= await this.context.calls.request(describeProgram, { program: this.block.program });
    } catch (error) {
      this.fault = asFault(error);
      return;
    }
    if (!this.isConnected || this.openBet !== undefined) {
      return;
    }
    if (!this.info.session || !reducedMotion()) {
      await this.go();
    }
  }

  private async place(placed: Placed): Promise<void> {
    this.placed = placed;
    this.keep();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.title')?.focus({ preventScroll: true }); // the choice is gone
    await this.go();
  }

  private keep(): void {
    const { block, placed, values: params } = this;
    this.context.keep(block, { params, ...(placed !== undefined && { bet: placed }) });
  }

  private async go(): Promise<void> {
    this.fault = undefined;
    this.phase = 'running';
    this.series ??= new Series(this.block);
    await (this.info?.session === true ? this.pull.run(this.block.program, this.values) : this.runOnce());
  }

  private async runOnce(): Promise<void> {
    this.source?.cancel();
    const source = cancelSource();
    this.source = source;
    try {
      const { program } = this.block;
      const trace = await this.context.calls.request(
        runProgram,
        { program, params: this.values },
        { token: source.token },
      );
      if (this.source === source) {
        const series = new Series(this.block);
        series.add(trace);
        this.series = series;
        this.phase = 'done';
      }
    } catch (error) {
      if (this.source === source) {
        this.fail(error);
      }
    }
  }

  private take(part: TracePart): void {
    this.series?.add(part);
    this.version += 1;
    if (part.done) {
      this.phase = 'done';
      this.context.happened(this.block, 'end');
    }
  }

  /** What was drawn stays; the session is gone, so the next run is a new one. */
  private fail(error: unknown): void {
    const fault = asFault(error);
    this.phase = 'idle';
    if (fault.code !== 'cancelled') {
      this.fault = fault;
    }
  }

  private pause(): void {
    this.phase = 'paused';
    this.pull.pause();
  }

  private async restart(): Promise<void> {
    await this.end();
    this.series = undefined;
    await (this.info === undefined || this.openBet !== undefined ? this.prepare() : this.go());
  }

  /** Stops whatever runs. */
  private async end(): Promise<void> {
    this.source?.cancel();
    this.source = undefined;
    try {
      await this.pull.stop();
    } catch (error) {
      this.context.failed(error);
    }
  }

  private async changeParams(values: ParamValues): Promise<void> {
    this.values = values;
    this.keep();
    if (isChanged(this.block, values)) {
      this.context.happened(this.block, 'change');
    }
    if (!this.pull.started) {
      await this.restart();
      return;
    }
    try {
      await this.pull.update(values);
      if (this.phase !== 'running') {
        await this.go();
      }
    } catch (error) {
      this.fail(error);
    }
  }
}
customElements.define('plot-block', PlotBlockElement);
