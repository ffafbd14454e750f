// A question with choices, shuffled. Every choice says why it is right or wrong; a wrong answer can be followed by another.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { QuizBlock } from '../../src/shared/lesson.ts';
import { t } from '../l10n.ts';
import { type BlockContext, keptRecord } from './blockContext.ts';
import { blockStyles } from './blockStyles.ts';
import { button } from './controls.ts';
import { checkIcon, crossIcon } from './icons.ts';
import { shownOrder } from './quizOrder.ts';

export class QuizBlockElement extends LitElement {
  static override properties = {
    block: { attribute: false },
    context: { attribute: false },
    chosen: { state: true },
    answered: { state: true },
  };
  static override styles = [
    blockStyles,
    css`
      fieldset {
        border: none;
        margin: 0;
        padding: var(--space-4);
        min-width: 0;
      }
      legend {
        float: left;
        width: 100%;
        padding: 0;
        margin-bottom: var(--space-3);
        font-weight: 600;
        max-width: var(--measure);
      }
      .options {
        clear: both;
        display: grid;
        gap: var(--space-1);
      }
      .option {
        border: 1px solid transparent;
        border-radius: var(--radius-small);
        padding: var(--space-1) var(--space-2);
      }
      .option:hover:not(.right):not(.wrong) {
        background: var(--hover);
      }
      label {
        display: flex;
        gap: var(--space-3);
        align-items: baseline;
        cursor: pointer;
      }
      input {
        accent-color: var(--vscode-button-background, var(--accent));
        flex: none;
        width: 15px;
        height: 15px;
        position: relative;
        top: 2px;
        margin: 0;
      }
      .option.right {
        border-color: var(--good);
        background: color-mix(in srgb, var(--good) 10%, transparent);
      }
      .option.wrong {
        border-color: var(--bad);
        border-style: dashed;
        background: color-mix(in srgb, var(--bad) 8%, transparent);
      }
      .why {
        display: flex;
        gap: var(--space-2);
        align-items: baseline;
        margin: var(--space-1) 0 var(--space-1) 27px;
        max-width: var(--measure);
      }
      .why svg {
        flex: none;
        position: relative;
        top: 3px;
      }
      code {
        padding: 0.1em 0.35em;
        border-radius: 3px;
        background: var(--vscode-textCodeBlock-background);
        border: 1px solid color-mix(in srgb, var(--line) 60%, transparent);
      }
      .again {
        margin-top: var(--space-3);
      }
    `,
  ];
  declare block: QuizBlock;
  declare context: BlockContext;
  declare chosen: number | undefined;
  declare answered: boolean;

  constructor() {
    super();
    this.answered = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('block')) {
      const { chosen } = keptRecord(this.context.read(this.block));
      this.chosen = typeof chosen === 'number' && chosen in this.block.options ? chosen : undefined;
      this.answered = this.chosen !== undefined;
    }
  }

  protected override render(): TemplateResult {
    const right = this.answered && this.block.options[this.chosen ?? -1]?.right === true;
    return html`<section class="block" aria-label=${t('Question')}>
      <fieldset>
        <legend>${unsafeHTML(this.block.question)}</legend>
        <div class="options" @keydown=${this.onKey}>${shownOrder(this.block.id, this.block.options.length).map((index) => this.renderOption(index))}</div>
        ${
          this.answered && !right
            ? html`<div class="again">${button({ label: t('Try again'), onClick: () => this.again() })}</div>`
            : nothing
        }
      </fieldset>
    </section>`;
  }

  private renderOption(index: number): TemplateResult {
    const option = this.block.options[index] as QuizBlock['options'][number];
    const shown = this.answered && this.chosen === index;
    return html`<div class="option ${shown ? (option.right ? 'right' : 'wrong') : ''}">
      <label>
        <input
          type="radio"
          name="answer"
          .checked=${this.chosen === index}
          ?disabled=${this.answered && this.chosen !== index && this.block.options[this.chosen ?? -1]?.right === true}
          @change=${() => this.choose(index)}
        />
        <span>${unsafeHTML(option.text)}</span>
      </label>
      <div role="status">
        ${
          shown
            ? html`<p class="why">
                ${option.right ? checkIcon : crossIcon}
                <span><span class="sr">${option.right ? t('Right.') : t('Not quite.')}</span> ${unsafeHTML(option.why)}</span>
              </p>`
            : nothing
        }
      </div>
    </div>`;
  }

  private choose(index: number): void {
    this.chosen = index;
    this.answered = true;
    this.context.keep(this.block, { chosen: index });
    if (this.block.options[index]?.right === true) {
      this.context.happened(this.block, 'answer');
    }
  }

  /** Arrows move and Space answers: a radio group's own arrows would answer on the way. */
  private onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    const inputs = [...this.renderRoot.querySelectorAll<HTMLInputElement>('input:not(:disabled)')];
    const at = inputs.indexOf(event.target as HTMLInputElement);
    inputs[(at + step + inputs.length) % inputs.length]?.focus();
  }

  private again(): void {
    this.chosen = undefined;
    this.answered = false;
    this.context.keep(this.block, {});
    void this.updateComplete.then(() => this.renderRoot.querySelector('input')?.focus());
  }
}
customElements.define('quiz-block', QuizBlockElement);
