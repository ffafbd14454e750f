// The answer as it comes: its Markdown without anything that could do harm, citations that open their passage, and which
// sentences have none.

import { html, nothing, type TemplateResult } from 'lit';
import { type AskPrompt, NOT_FOUND, type PromptPassage } from '../../src/shared/askMessages.ts';
import { citationsOf, sentencesWithoutCitation } from '../../src/shared/citations.ts';
import { button, progressRing } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import { t } from '../l10n.ts';
import type { Answering } from './answering.ts';
import { type Block, blocksOf, type Inline } from './answerText.ts';

/** Of a sentence without a citation, in characters. */
const MOST_SHOWN = 160;

export interface AnswerPart {
  readonly answering: Answering;
  /** The prompt as it would be sent now. */
  readonly current: AskPrompt | undefined;
  /** What became of a copy. */
  readonly copied: string;
  readonly onStop: () => void;
  readonly onAgain: () => void;
  readonly onCopy: (text: string) => void;
  readonly onOpen: (passage: PromptPassage) => void;
}

export function answerPart(part: AnswerPart): TemplateResult {
  const { answering, current, copied, onStop, onAgain, onCopy } = part;
  const { text = '', prompt, busy, slow, cut, stopped, interrupted, fault } = answering;
  return html`${
    busy
      ? html`<div class="coming" role="status">
          ${progressRing()} <span>${text === '' ? t('Waiting for the answer…') : t('Answering…')}
            ${slow ? t('Nothing has come for a while: a large model may still be loading.') : nothing}</span>
          ${button({ label: t('Stop'), onClick: onStop })}
        </div>`
      : nothing
  }
  ${text === '' || prompt === undefined ? nothing : html`<div class="answer">${blocksOf(text).map((one) => block(one, prompt, part))}</div>`}
  ${fault === undefined ? nothing : faultView(fault, { label: t('Ask again'), run: onAgain })}
  ${
    busy || prompt === undefined
      ? nothing
      : html`${cut ? html`<p class="note" role="status">${t('The answer was cut: it had become as long as it may.')}</p>` : nothing}
        ${stopped ? html`<p class="note" role="status">${t('You stopped the answer here.')}</p>` : nothing}
        ${interrupted ? html`<p class="note" role="status">${t('The window was loaded again while the answer came: it goes no further.')}</p>` : nothing}
        ${isOther(current, prompt) ? html`<p class="note">${t('The prompt has changed since: this answer was given to an earlier one. Its citations open the passages that were sent then.')}</p>` : nothing}
        ${text === '' ? nothing : check(text, prompt)}
        ${
          text === ''
            ? nothing
            : html`<div class="row">
                ${button({ label: t('Copy answer'), onClick: () => onCopy(text) })}
                <span class="small quiet" role="status">${copied}</span>
              </div>`
        }`
  }`;
}

/** Whether the prompt that would be sent now says something else than the one that was sent. */
function isOther(current: AskPrompt | undefined, sent: AskPrompt): boolean {
  const said = ({ messages }: AskPrompt) => messages.map(({ content }) => content).join('\n');
  return current !== undefined && current !== sent && said(current) !== said(sent);
}

function block(one: Block, prompt: AskPrompt, part: AnswerPart): TemplateResult {
  const inlines = (all: readonly Inline[]) => all.map((inline) => inlinePart(inline, prompt, part));
  switch (one.kind) {
    case 'code':
      return html`<pre class="scroll" tabindex="0" aria-label=${t('Code')}>${one.text}</pre>`;
    case 'heading':
      return html`<h3>${inlines(one.inlines)}</h3>`;
    case 'paragraph':
      return html`<p>${inlines(one.inlines)}</p>`;
    case 'list': {
      const items = one.items.map((item) => html`<li>${inlines(item)}</li>`);
      return one.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
    }
  }
}

function inlinePart(inline: Inline, prompt: AskPrompt, { onOpen }: AnswerPart): TemplateResult | string {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return html`<code>${inline.text}</code>`;
    case 'strong':
      return html`<strong>${inline.text}</strong>`;
    case 'emphasis':
      return html`<em>${inline.text}</em>`;
    case 'citation':
      return html`${inline.numbers.map((number) => citation(number, prompt, onOpen))}`;
  }
}

function citation(number: number, { passages }: AskPrompt, onOpen: AnswerPart['onOpen']): TemplateResult {
  const passage = passages.find((one) => one.number === number);
  if (passage === undefined) {
    return html`<span class="cited nothing" title=${t('There is no passage with this number in the prompt.')}
      >[${number}<span aria-hidden="true">?</span>]<span class="sr"> ${t('points to nothing')}</span></span
    >`;
  }
  const place = `${passage.path}:${passage.startLine}–${passage.endLine}`;
  return html`<button class="link cited" title=${place} aria-label=${t('Passage {0}: {1}', number, place)} @click=${() => onOpen(passage)}
    >[${number}]</button
  >`;
}

/** Enough of a sentence to find it again above. */
function shortened(sentence: string): string {
  return sentence.length > MOST_SHOWN ? `${sentence.slice(0, MOST_SHOWN)}…` : sentence;
}

/** What can be said of an answer without knowing what is true. */
function check(text: string, { passages }: AskPrompt): TemplateResult {
  if (text.trim().replace(/[.\s]+$/, '') === NOT_FOUND.replace(/\.$/, '')) {
    return html`<p class="note">${t('The model found no answer in the passages that it was given.')}</p>`;
  }
  const bare = sentencesWithoutCitation(text);
  const numbers = [...new Set(citationsOf(text).flatMap((one) => one.numbers))];
  const wrong = numbers.filter((number) => !passages.some((one) => one.number === number));
  return html`<section class="check" aria-label=${t('Check')}>
    <h3>${t('Check')}</h3>
    <ul class="small">
      <li>
        ${
          numbers.length === 0
            ? t('There is no citation: nothing says which passages it stands on.')
            : wrong.length === 0
              ? t('Every citation points to a passage that was given.')
              : t('These citations point to nothing: {0}', wrong.map((number) => `[${number}]`).join(' '))
        }
      </li>
      <li>
        ${
          bare.length === 0
            ? t('Every sentence has a citation. Whether the passage says so is for you to read.')
            : bare.length === 1
              ? t('1 sentence has no citation:')
              : t('{0} sentences have no citation:', bare.length)
        }
        ${
          bare.length === 0
            ? nothing
            : html`<ul>
                ${bare.map(({ start, end }) => html`<li class="uncited">${shortened(text.slice(start, end))}</li>`)}
              </ul>`
        }
      </li>
    </ul>
  </section>`;
}
