// The page of the tensor panel: one program with the room of a whole editor, or the way to pick one. Running it and
// stepping through it is the step block's, which lessons use too.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import type { StepBlock } from '../../src/shared/lesson.ts';
import {
  type Computation,
  computationChanged,
  describeProgram,
  loadComputation,
  type ProgramInfo,
  pickComputation,
} from '../../src/shared/messages.ts';
import type { BlockContext } from '../elements/blockContext.ts';
import { button, progressRing } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import { listIcon } from '../elements/icons.ts';
import type { Host, VsCodeApi } from '../host.ts';
import { t } from '../l10n.ts';
import { ViewState } from '../state/viewState.ts';
import { pageStyles } from './pageStyles.ts';
import '../elements/stepBlock.ts';

/** A computation with what its program says of itself, and what the page keeps of it. */
interface Shown {
  readonly info: ProgramInfo;
  readonly block: StepBlock;
  readonly context: BlockContext;
}

export class TensorPageElement extends LitElement {
  static override properties = {
    shown: { state: true },
    fault: { state: true },
    notice: { state: true },
  };
  static override styles = pageStyles;
  host!: Host;
  api!: VsCodeApi;
  /** Null when nothing was picked; undefined while that is not known. */
  declare shown: Shown | null | undefined;
  declare fault: Fault | undefined;
  /** Something that was asked for and could not be done. */
  declare notice: Fault | undefined;
  private kept: ViewState | undefined;
  /** The newest load: the answer to an older one is left aside. */
  private loads = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.host.onNotice(computationChanged, () => void this.load());
    void this.load();
  }

  private async load(): Promise<void> {
    this.loads += 1;
    const load = this.loads;
    this.fault = undefined;
    this.notice = undefined;
    this.shown = undefined;
    try {
      const computation = await this.host.request(loadComputation, {});
      const shown = computation === null ? null : await this.show(computation);
      if (load === this.loads) {
        this.shown = shown;
        document.title = shown?.info.title ?? t('Computation');
      }
    } catch (error) {
      if (load === this.loads) {
        this.fault = asFault(error);
      }
    }
  }

  private async show({ program, params }: Computation): Promise<Shown> {
    const subject = JSON.stringify({ program, params });
    const info = await this.host.request(describeProgram, { program });
    this.kept?.flush();
    const kept = new ViewState(this.api, subject);
    // At once: from the subject the host knows after a reload what was open.
    kept.keep('opened', true);
    this.kept = kept;
    return {
      info,
      block: { type: 'step', id: program, line: 1, program, params, controls: Object.keys(info.params) },
      context: {
        calls: this.host,
        read: (block) => kept.read(block.id),
        keep: (block, intent) => kept.keep(block.id, intent),
        happened: () => {}, // goals are a lesson's
        failed: (error) => this.say(error),
      },
    };
  }

  protected override render(): TemplateResult {
    return html`<main>
      ${this.fault === undefined ? this.renderShown() : faultView(this.fault, { label: t('Try again'), run: () => void this.load() })}
      ${this.notice === undefined ? nothing : this.renderNotice(this.notice)}
    </main>`;
  }

  private renderShown(): TemplateResult {
    if (this.shown === undefined) {
      return html`<div class="message row" role="status">${progressRing()} ${t('Opening the computation…')}</div>`;
    }
    if (this.shown === null) {
      return html`<div class="message">
        <h1>${t('Step through a computation')}</h1>
        <p>${t('Run one of the course’s programs with values of your own, and go through it step by step.')}</p>
        ${button({ label: t('Choose a computation…'), primary: true, onClick: () => void this.pick() })}
      </div>`;
    }
    const { info, block, context } = this.shown;
    return html`<header>
        <h1>${info.title}</h1>
        ${button({ label: t('Choose another…'), icon: listIcon, onClick: () => void this.pick() })}
      </header>
      ${keyed(block, html`<step-block room .block=${block} .context=${context}></step-block>`)}`;
  }

  private renderNotice(fault: Fault): TemplateResult {
    const close = () => {
      this.notice = undefined;
    };
    return html`<div class="notice">${faultView(fault, { label: t('Close'), run: close })}</div>`;
  }

  private async pick(): Promise<void> {
    try {
      await this.host.request(pickComputation, {});
    } catch (error) {
      this.say(error);
    }
  }

  private say(error: unknown): void {
    this.notice = asFault(error);
  }
}
customElements.define('tensor-page', TensorPageElement);
