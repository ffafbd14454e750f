// An exercise's card in a lesson: what it asks, how far it is, what can be done about it now, what the last check came to
// and the hints so far. It keeps nothing: where the exercise stands is the host's to say, and to do is the host's as well.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../../src/shared/errors.ts';
import type { CheckReport, CodePlace, ExerciseKind } from '../../../src/shared/exercise.ts';
import { actOnExercise, type ExerciseStanding } from '../../../src/shared/exerciseMessages.ts';
import type { ExerciseBlock } from '../../../src/shared/lesson.ts';
import { t } from '../../l10n.ts';
import type { BlockContext } from '../blockContext.ts';
import { blockStyles } from '../blockStyles.ts';
import { button, progressRing } from '../controls.ts';
import { faultView } from '../faultView.ts';
import { HeldFocus } from '../heldFocus.ts';
import { checkIcon, circleIcon, halfIcon, laterIcon, penIcon, warningIcon } from '../icons.ts';
import { shownCode } from '../run/codeFieldStyles.ts';
import { linesOf, wordsOf } from '../run/highlight.ts';
import { outputStyles } from '../run/outputView.ts';
import { adoptCodeTheme } from '../theme.ts';
import { type Act, actsOf, offerAfterFailures, reasonsOf } from './acts.ts';
import { exerciseStyles } from './exerciseStyles.ts';
import { reportView } from './reportView.ts';
import { richText } from './richText.ts';

export class ExerciseBlockElement extends LitElement {
  static override properties = {
    block: { attribute: false },
    context: { attribute: false },
    standing: { attribute: false },
    trouble: { attribute: false },
    acting: { state: true },
    fault: { state: true },
    said: { state: true },
  };
  static override styles = [blockStyles, outputStyles, shownCode, exerciseStyles];
  declare block: ExerciseBlock;
  declare context: BlockContext;
  /** Undefined while it isn't known. */
  declare standing: ExerciseStanding | undefined;
  /** Why it can't be known. */
  declare trouble: Fault | undefined;
  /** What was asked for and is being done. */
  declare acting: Act | undefined;
  /** What was asked for and could not be done. */
  declare fault: Fault | undefined;
  /** For screen readers: what the newest check came to. */
  declare said: string;
  /** A hint was asked for, and isn't there yet. */
  private hintAsked = false;

  constructor() {
    super();
    this.said = '';
    new HeldFocus(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('standing');
    const report = this.standing?.report;
    if (before !== undefined && report !== undefined && verdictOf(report) !== verdictOf(before.report)) {
      this.said = report.diagnosis?.message ?? t('It passes.');
    }
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    adoptCodeTheme(root as ShadowRoot);
    return root;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('standing') && this.standing?.state === 'passed') {
      this.context.happened(this.block, 'pass');
    }
    const before = changed.get('standing')?.hints;
    if (this.hintAsked && before !== undefined && before < (this.standing?.hints ?? 0)) {
      this.hintAsked = false;
      // What was asked for is read out, and the next Tab goes on from there.
      this.renderRoot.querySelector<HTMLElement>('.hints li:last-child')?.focus();
    }
  }

  protected override render(): TemplateResult {
    const { exercise } = this.block;
    const { standing } = this;
    return html`<section class="block" aria-label=${t('Exercise: {0}', exercise.title)}>
      <div class="head">
        <div>
          <p class="kicker">
            ${kindWords(exercise.kind)} · ${t('about {0} minutes', exercise.minutes)}${exercise.optional ? html` · ${t('optional')}` : nothing}
          </p>
          <h3>${exercise.title}</h3>
        </div>
        ${standing === undefined ? nothing : this.renderState(standing)}
      </div>
      <div class="pad">
        ${this.renderFacts()}
        ${standing === undefined ? this.renderUnknown() : this.renderActs(standing)}
      </div>
      ${standing?.checking === true ? this.renderChecking() : nothing}
      ${this.fault === undefined ? nothing : faultView(this.fault, { label: t('Close'), run: () => this.forgive() })}
      ${standing === undefined ? nothing : this.renderOffer(standing)}
      ${standing?.report === undefined ? nothing : reportView(standing, standing.report, (place) => void this.act('open', place))}
      <div class="sr" role="status" aria-live="polite">${this.said}</div>
      ${standing === undefined || standing.hints === 0 ? nothing : this.renderHints(standing.hints)}
    </section>`;
  }

  private renderState({ state, passedAt }: ExerciseStanding): TemplateResult {
    const [icon, words] = {
      away: [circleIcon, t('Not opened yet')],
      untouched: [penIcon, t('Not begun')],
      tried: [halfIcon, t('Begun, not passed yet')],
      passed: [checkIcon, passedAt === undefined ? t('Passed') : t('Passed on {0}', day(passedAt))],
      parked: [laterIcon, t('Left for later')],
    }[state] as [TemplateResult, string];
    return html`<p class="state ${state}" role="status">${icon} ${words}</p>`;
  }

  private renderFacts(): TemplateResult {
    const { exports: names, uses } = this.block.exercise;
    const codes = (all: readonly string[]) => all.map((name, i) => html`${i > 0 ? ', ' : ''}<code>${name}</code>`);
    return html`<p class="facts small quiet">
      ${t('You write')} ${codes(names)}.
      ${uses.length === 0 ? nothing : html`${t('It is built on what you wrote in')} ${codes(uses)}.`}
    </p>`;
  }

  private renderUnknown(): TemplateResult {
    return this.trouble === undefined
      ? html`<p class="row small" role="status">${progressRing()} ${t('Looking how far you are…')}</p>`
      : faultView(this.trouble);
  }

  private renderActs(standing: ExerciseStanding): TemplateResult {
    const acts = actsOf(this.block.exercise, standing);
    return html`<div class="acts">
        ${acts.map(({ act, label, main, waits }) =>
          button({
            label,
            primary: main,
            disabled: waits !== undefined || this.acting === act,
            onClick: () => void this.act(act),
          }),
        )}
      </div>
      ${reasonsOf(acts).map((reason) => html`<p class="waits small">${reason}</p>`)}
      ${standing.refused === undefined ? nothing : html`<p class="refused small">${warningIcon} <span>${standing.refused}</span></p>`}`;
  }

  private renderChecking(): TemplateResult {
    return html`<div class="running">
      ${progressRing()}
      <span role="status">${t('Checking…')}</span>
      ${button({ label: t('Stop'), onClick: () => void this.act('cancel') })}
    </div>`;
  }

  private renderOffer(standing: ExerciseStanding): TemplateResult | typeof nothing {
    const offer = standing.checking ? undefined : offerAfterFailures(standing);
    return offer === undefined
      ? nothing
      : html`<div class="offer">
          <p>${offer.text}</p>
          ${button({
            label: offer.act === 'step' ? t('Step through your code') : t('Leave one line to me'),
            disabled: this.acting === offer.act,
            onClick: () => void this.act(offer.act),
          })}
        </div>`;
  }

  private renderHints(shown: number): TemplateResult {
    const hints = this.block.exercise.hints.slice(0, shown);
    return html`<div class="hints">
      <h4>${hints.length === 1 ? t('Hint') : t('Hints')}</h4>
      <ol>
        ${hints.map((hint) => html`<li tabindex="-1">${richText(hint, shownTypeScript)}</li>`)}
      </ol>
    </div>`;
  }

  private async act(act: Act | 'cancel', place?: CodePlace): Promise<void> {
    const { exercise } = this.block;
    this.fault = undefined;
    this.hintAsked ||= act === 'hint';
    if (act !== 'cancel') {
      this.acting = act;
    }
    try {
      await this.context.calls.request(actOnExercise, { exercise: exercise.id, act, ...(place && { place }) });
    } catch (error) {
      const fault = asFault(error);
      this.fault = fault.code === 'cancelled' ? undefined : fault;
    } finally {
      await this.updateComplete;
      if (act !== 'cancel' && this.acting === act) {
        this.acting = undefined;
      }
    }
  }

  private forgive(): void {
    this.fault = undefined;
  }
}

/** By which two reports say the same. */
function verdictOf(report: CheckReport | undefined): string | undefined {
  return report && JSON.stringify([report.milliseconds, report.cases, report.diagnosis]);
}

function kindWords(kind: ExerciseKind): string {
  switch (kind) {
    case 'write':
      return t('Exercise: write it');
    case 'repair':
      return t('Exercise: repair it');
    case 'predict':
      return t('Exercise: predict it');
    case 'explain':
      return t('Exercise: explain it');
  }
}

function day(time: number): string {
  return new Intl.DateTimeFormat(document.documentElement.lang || 'en', { dateStyle: 'medium' }).format(time);
}

/** Code of several lines, in the theme's colours. */
function shownTypeScript(code: string): TemplateResult {
  const lines = linesOf(wordsOf(code)).map(
    (words) =>
      html`${words.map(({ text, kind }) => (kind === undefined ? text : html`<span class="hljs-${kind}">${text}</span>`))}\n`,
  );
  return html`<pre class="shown-code scroll" tabindex="0" role="group" aria-label=${t('Code')}>${lines}</pre>`;
}
customElements.define('exercise-block', ExerciseBlockElement);
