// The page that steps through a learner's code: their run beside the reference's, opened where the two part.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../../src/shared/errors.ts';
import { openSource } from '../../../src/shared/messages.ts';
import { loadSteps, type ShownSteps, stepsChanged } from '../../../src/shared/stepsMessages.ts';
import type { SourcePlace } from '../../../src/shared/trace.ts';
import { button, progressRing } from '../../elements/controls.ts';
import { faultView } from '../../elements/faultView.ts';
import { warningIcon } from '../../elements/icons.ts';
import { outputStyles, outputView } from '../../elements/run/outputView.ts';
import type { Host, VsCodeApi } from '../../host.ts';
import { t } from '../../l10n.ts';
import { ViewState } from '../../state/viewState.ts';
import { pageStyles } from '../pageStyles.ts';
import { pairSteps, partingRow, type StepPair } from './pairSteps.ts';
import type { StepsPlayer } from './stepsPlayer.ts';
import { partingSentence } from './stepsWords.ts';
import './stepsPlayer.ts';

/** A run that is shown, its steps paired. */
interface Shown extends ShownSteps {
  readonly pairs: readonly StepPair[];
  /** The row at which the runs part. */
  readonly parting: number | undefined;
}

export class StepsPageElement extends LitElement {
  static override properties = {
    shown: { state: true },
    at: { state: true },
    fault: { state: true },
    notice: { state: true },
  };
  static override styles = [
    ...pageStyles,
    outputStyles,
    css`
      header p {
        max-width: var(--measure);
      }
      header > div {
        flex: 1 1 20em;
      }
      .stopped {
        display: flex;
        gap: var(--space-2);
        align-items: baseline;
      }
      .stopped svg {
        flex: none;
        position: relative;
        top: 3px;
        color: var(--bad);
      }
      .printed {
        padding: 0 var(--space-4) var(--space-3);
        font-size: var(--text-small);
      }
      .printed summary {
        cursor: pointer;
        width: fit-content;
      }
    `,
  ];
  host!: Host;
  api!: VsCodeApi;
  /** Null when there is none; undefined while that is not known. */
  declare shown: Shown | null | undefined;
  declare at: number;
  declare fault: Fault | undefined;
  /** Something that was asked for and could not be done. */
  declare notice: Fault | undefined;
  private kept: ViewState | undefined;

  constructor() {
    super();
    this.at = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.host.onNotice(stepsChanged, () => void this.load());
    void this.load();
  }

  private async load(): Promise<void> {
    this.fault = undefined;
    try {
      const steps = await this.host.request(loadSteps, {});
      this.shown = steps === null ? null : paired(steps);
      document.title = steps?.title ?? t('Step through your code');
      if (this.shown !== null) {
        this.place(this.shown);
      }
    } catch (error) {
      this.fault = asFault(error);
    }
  }

  /** Where this very run was left when the page was hidden; else where the runs part. */
  private place({ title, pairs, parting, answer }: Shown): void {
    this.kept?.flush();
    this.kept = new ViewState(this.api, JSON.stringify([title, pairs.length, parting, answer.difference?.output]));
    const kept = this.kept.read('at');
    const there = typeof kept === 'number' && kept in pairs;
    this.at = there ? kept : (parting ?? Math.max(0, pairs.length - 1));
  }

  protected override render(): TemplateResult {
    return html`<main>
      ${
        this.fault === undefined
          ? this.renderShown()
          : faultView(this.fault, { label: t('Try again'), run: () => void this.load() })
      }
      ${this.notice === undefined ? nothing : this.renderNotice(this.notice)}
    </main>`;
  }

  private renderShown(): TemplateResult {
    const { shown } = this;
    if (shown === undefined) {
      return html`<div class="message row" role="status">${progressRing()} ${t('Opening the two runs…')}</div>`;
    }
    if (shown === null) {
      return html`<div class="message">
        <h1>${t('Step through your code')}</h1>
        <p>${t('The run that stood here was not kept. Ask for it again: “Step through” in the lesson, or over your function.')}</p>
      </div>`;
    }
    return shown.answer.diagnosis === undefined ? this.renderRuns(shown) : this.renderNoRun(shown);
  }

  /** The file could not be loaded. */
  private renderNoRun({ title, answer }: Shown): TemplateResult {
    return html`<div class="message">
      <h1>${title}</h1>
      <p class="stopped">${warningIcon}<span>${answer.diagnosis?.message}</span></p>
      <p>${t('There is nothing to step through yet: your code could not be run.')}</p>
    </div>`;
  }

  private renderRuns({ title, answer, pairs, parting }: Shown): TemplateResult {
    return html`<header>
        <div>
          <h1>${title}</h1>
          <p role="status">${partingSentence(parting, pairs)}</p>
        </div>
        ${
          parting === undefined
            ? nothing
            : button({
                label: t('First difference'),
                primary: this.at !== parting,
                disabled: this.at === parting,
                onClick: () => void this.goAndSay(parting),
              })
        }
      </header>
      ${
        answer.output.length === 0
          ? nothing
          : html`<details class="printed">
              <summary>${t('What your run printed')}</summary>
              ${outputView(answer.output)}
            </details>`
      }
      <steps-player
        .mine=${answer.mine}
        .reference=${answer.reference}
        .pairs=${pairs}
        .at=${this.at}
        @steps-change=${(event: CustomEvent<number>) => this.go(event.detail)}
        @open-source=${(event: CustomEvent<SourcePlace>) => void this.open(event.detail)}
      ></steps-player>`;
  }

  private renderNotice(fault: Fault): TemplateResult {
    const close = () => {
      this.notice = undefined;
    };
    return html`<div class="notice">${faultView(fault, { label: t('Close'), run: close })}</div>`;
  }

  private go(at: number): void {
    this.at = at;
    this.kept?.keep('at', at);
  }

  private async goAndSay(at: number): Promise<void> {
    this.go(at);
    await this.updateComplete;
    this.renderRoot.querySelector<StepsPlayer>('steps-player')?.say();
  }

  private async open({ file, line }: SourcePlace): Promise<void> {
    try {
      await this.host.request(openSource, { file, line });
    } catch (error) {
      this.notice = asFault(error);
    }
  }
}

function paired(steps: ShownSteps): Shown {
  const { mine, reference, difference } = steps.answer;
  const pairs = pairSteps(mine, reference, difference);
  const parting = difference === undefined ? undefined : partingRow(pairs);
  return { ...steps, pairs, parting };
}
customElements.define('steps-page', StepsPageElement);
