// A lesson's code to run: written over, run against the engine, with what it printed and what it watched below. The text
// is kept with the page; where it runs, and for how long, is the host's affair.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { CancelSource } from '../../../src/shared/cancelSource.ts';
import { asFault, type Fault } from '../../../src/shared/errors.ts';
import type { Diagnosis } from '../../../src/shared/exercise.ts';
import { MOST_CODE, runBlock } from '../../../src/shared/exerciseMessages.ts';
import type { RunBlock } from '../../../src/shared/lesson.ts';
import { openSource } from '../../../src/shared/messages.ts';
import type { RunReport } from '../../../src/shared/runnerMessages.ts';
import type { SourcePlace } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { type BlockContext, keptRecord } from '../blockContext.ts';
import { blockStyles } from '../blockStyles.ts';
import { button } from '../controls.ts';
import { faultView } from '../faultView.ts';
import { checkIcon, playIcon, warningIcon } from '../icons.ts';
import { runningView } from '../runningView.ts';
import { type PlayerState, startState } from '../trace/playerState.ts';
import type { CodeField } from './codeField.ts';
import { outputStyles, outputView } from './outputView.ts';
import '../trace/tracePlayer.ts';
import './codeField.ts';

export class RunBlockElement extends LitElement {
  static override properties = {
    block: { attribute: false },
    context: { attribute: false },
    code: { state: true },
    running: { state: true },
    report: { state: true },
    fault: { state: true },
    ran: { state: true },
    said: { state: true },
  };
  static override styles = [
    blockStyles,
    outputStyles,
    css`
      .acts {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
        margin-top: var(--space-3);
      }
      .output {
        margin-top: var(--space-2);
      }
      .came {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: var(--space-1) var(--space-2);
      }
      .came svg {
        flex: none;
        position: relative;
        top: 3px;
      }
      .came.bad svg {
        color: var(--bad);
      }
      .came.good svg {
        color: var(--good);
      }
      .came p {
        flex: 1 1 16em;
        overflow-wrap: anywhere;
      }
      .stale {
        color: var(--ink-quiet);
        filter: grayscale(1);
      }
    `,
  ];
  declare block: RunBlock;
  declare context: BlockContext;
  declare code: string;
  declare running: CancelSource | undefined;
  declare report: RunReport | undefined;
  /** It could not be run at all. */
  declare fault: Fault | undefined;
  /** The text that `report` is about. */
  declare ran: string | undefined;
  /** For screen readers: what the newest run came to. */
  declare said: string;
  private player: PlayerState = startState;

  constructor() {
    super();
    this.code = '';
    this.said = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.running?.cancel();
    this.running = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('block')) {
      const before = changed.get('block');
      if (before !== undefined && before.code === this.block.code) {
        return; // the lesson was loaded again, and this is as it was
      }
      const { code, player } = keptRecord(this.context.read(this.block));
      this.code = typeof code === 'string' ? code.slice(0, MOST_CODE) : this.block.code;
      this.player = { ...startState, ...(keptRecord(player) as Partial<PlayerState>) };
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { field } = this;
    if (changed.has('block') && field.value !== this.code) {
      field.take(this.code);
    }
  }

  private get field(): CodeField {
    return this.renderRoot.querySelector('code-field') as CodeField;
  }

  protected override render(): TemplateResult {
    const { block, running, report } = this;
    const stale = report !== undefined && this.ran !== this.code;
    const place = stale ? undefined : report?.diagnosis?.place;
    return html`<section class="block" aria-label=${t('Code to run')}>
      <div class="head"><span class="title">${t('Code to run')}</span></div>
      <div class="pad">
        <code-field
          .label=${t('Code')}
          .most=${MOST_CODE}
          .badLine=${place?.line}
          @code-change=${(event: CustomEvent<string>) => this.change(event.detail)}
          @code-run=${() => void this.run()}
        ></code-field>
        <div class="acts">
          ${button({ label: t('Run'), icon: playIcon, primary: true, disabled: running !== undefined, onClick: () => void this.run() })}
          ${button({
            label: t('Back to the lesson’s code'),
            disabled: this.code === block.code,
            onClick: () => this.field.replace(block.code),
          })}
        </div>
      </div>
      ${running === undefined ? nothing : runningView(undefined, () => running.cancel(), t('Stop'))}
      ${this.renderFault()}
      ${report === undefined ? nothing : this.renderReport(report, stale)}
      ${block.caption === undefined ? nothing : html`<p class="caption">${block.caption}</p>`}
      <div class="sr" role="status" aria-live="polite">${this.said}</div>
    </section>`;
  }

  /** That the learner stopped it is no fault. */
  private renderFault(): TemplateResult | typeof nothing {
    const { fault } = this;
    if (fault === undefined) {
      return nothing;
    }
    return fault.code === 'cancelled'
      ? html`<p class="pad small" role="status">${t('Stopped before it was done.')}</p>`
      : faultView(fault, { label: t('Run again'), run: () => void this.run() });
  }

  private renderReport({ diagnosis, output, trace, milliseconds }: RunReport, stale: boolean): TemplateResult {
    return html`<div class="pad ${stale ? 'stale' : ''}">
        ${diagnosis === undefined ? this.ended(milliseconds) : this.stopped(diagnosis, stale)}
        ${stale ? html`<p class="quiet small">${t('The code has changed since it ran.')}</p>` : nothing}
        ${output.length === 0 ? nothing : outputView(output)}
        ${
          output.length === 0 && trace === undefined && diagnosis === undefined
            ? html`<p class="quiet small">${t('It printed nothing and watched nothing. Try console.log, or watch from inside-llms.')}</p>`
            : nothing
        }
      </div>
      ${
        trace === undefined
          ? nothing
          : html`<trace-player
              .trace=${trace}
              .state=${this.player}
              .label=${t('What it watched')}
              @player-change=${(event: CustomEvent<PlayerState>) => {
                this.player = event.detail;
                this.keep();
              }}
              @open-source=${(event: CustomEvent<SourcePlace>) => void this.open(event.detail)}
            ></trace-player>`
      }`;
  }

  private ended(milliseconds: number): TemplateResult {
    return html`<div class="came good small">${checkIcon}<p>${t('It ran to its end in {0} ms.', Math.round(milliseconds))}</p></div>`;
  }

  private stopped({ message, place }: Diagnosis, stale: boolean): TemplateResult {
    const own = place !== undefined && !stale;
    return html`<div class="came bad">
      ${warningIcon}
      <p>${message}</p>
      ${own ? button({ label: t('Go to line {0}', place.line), onClick: () => this.field.goTo(place.line, place.column) }) : nothing}
    </div>`;
  }

  private change(code: string): void {
    this.code = code;
    this.keep();
  }

  /** The lesson's own code is not kept: where it is improved, the learner gets the better one. */
  private keep(): void {
    const { code, player } = this;
    this.context.keep(this.block, { player, ...(code !== this.block.code && { code }) });
  }

  private async open({ file, line }: SourcePlace): Promise<void> {
    try {
      await this.context.calls.request(openSource, { file, line });
    } catch (error) {
      this.context.failed(error);
    }
  }

  private async run(): Promise<void> {
    if (this.running !== undefined) {
      return;
    }
    const { block, code } = this;
    const source = new CancelSource();
    this.running = source;
    this.fault = undefined;
    this.said = '';
    try {
      const report = await this.context.calls.request(runBlock, { block: block.id, code }, { token: source });
      this.report = report;
      this.ran = code;
      this.said = report.diagnosis?.message ?? t('It ran to its end in {0} ms.', Math.round(report.milliseconds));
      if (report.diagnosis === undefined && code !== block.code) {
        this.context.happened(block, 'run');
      }
    } catch (error) {
      this.report = undefined;
      this.fault = asFault(error);
    } finally {
      if (this.running === source) {
        this.running = undefined;
      }
    }
  }
}
customElements.define('run-block', RunBlockElement);
