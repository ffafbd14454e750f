// The prompt as it would be sent: what each part takes of the model's window, what has no room, and the text itself.

import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { AskHit, AskPrompt } from '../../src/shared/askMessages.ts';
import { button } from '../elements/controls.ts';
import { formatNumber, t } from '../l10n.ts';
import { visible } from './passagesPart.ts';
import { widen } from './questionPart.ts';

export interface PromptPart {
  readonly prompt: AskPrompt;
  readonly hits: readonly AskHit[];
  /** What became of a copy. */
  readonly copied: string;
  readonly onCopy: (text: string) => void;
}

export function promptPart({ prompt, hits, copied, onCopy }: PromptPart): TemplateResult {
  const { messages, template, dropped, disarmed, tokenizer } = prompt;
  const orders = suspiciousTexts(hits);
  return html`${shares(prompt)}
    <p class="caption">
      ${
        tokenizer.exact
          ? t('Counted by the tokenizer of {0}.', tokenizer.name)
          : t('Counted by {0}; the model that answers may cut the text in another way.', tokenizer.name)
      }
      ${t('{0} tokens of the window are kept free for the answer.', prompt.answerTokens)}
    </p>
    ${
      dropped.length === 0
        ? nothing
        : html`<p class="note" role="status">
            ${dropped.length === 1 ? t('1 passage has no room and is left out: the last one.') : t('{0} passages have no room and are left out: the last ones.', dropped.length)}
          </p>`
    }
    ${
      disarmed === 0
        ? nothing
        : html`<p class="note">
            ${t('{0} marks by which models tell who speaks stood in the files. A blank was put into each, so that none is obeyed.', disarmed)}
          </p>`
    }
    ${messages.map(
      ({ role, content }) => html`<h3>${roleSays(role)}</h3>
        <pre class="scroll prompt" tabindex="0" aria-label=${roleSays(role)}>${marked(content, orders)}</pre>`,
    )}
    ${
      template === undefined
        ? nothing
        : html`<details class="text">
            <summary>${t('As one text, by the model’s chat template')}</summary>
            <pre class="scroll prompt" tabindex="0" aria-label=${t('The prompt as one text')}>${visible(template)}</pre>
          </details>`
    }
    <div class="row">
      ${button({ label: t('Copy prompt'), onClick: () => onCopy(promptText(prompt)) })}
      <span class="small quiet" role="status">${copied}</span>
    </div>`;
}

/** The prompt as one text, to be given to another tool. */
export function promptText({ messages, template }: AskPrompt): string {
  return template ?? messages.map(({ content }) => content).join('\n\n');
}

function shares({ parts, tokens, answerTokens, window }: AskPrompt): TemplateResult {
  const free = Math.max(0, window - tokens - answerTokens);
  const all: readonly (readonly [string, string, number])[] = [
    ['rules', t('rules'), parts.system],
    ['passages', t('passages'), parts.passages],
    ['question', t('question'), parts.question],
    ['template', t('chat template'), parts.template],
    ['answer', t('kept for the answer'), answerTokens],
    ['free', t('free'), free],
  ];
  const shown = all.filter(([, , count]) => count > 0);
  return html`<div class="shares" aria-hidden="true">
      ${shown.map(([name, , count]) => html`<span class="share ${name}" ${ref((bar) => widen(bar, count / window))}></span>`)}
    </div>
    <ul class="legend small">
      ${shown.map(
        ([name, label, count]) =>
          html`<li>
            <span class="key ${name}" aria-hidden="true"></span>${label}
            <span class="number">${formatNumber(count)}</span>
            <span class="quiet number">${t('{0} %', formatNumber((100 * count) / window, 0))}</span>
          </li>`,
      )}
    </ul>`;
}

function roleSays(role: string): string {
  return role === 'system' ? t('System: the rules') : t('User: passages and question');
}

/** Lines of passages that read like orders, without white space, by which they are found again in the prompt. */
function suspiciousTexts(hits: readonly AskHit[]): ReadonlySet<string> {
  return new Set(
    hits.flatMap(({ hit, suspicious }) => suspicious.map(({ start, end }) => squeezed(hit.text.slice(start, end)))),
  );
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

function marked(content: string, orders: ReadonlySet<string>): TemplateResult {
  if (orders.size === 0) {
    return html`${visible(content)}`;
  }
  return html`${content.split('\n').map((line, i) => {
    const text = `${i === 0 ? '' : '\n'}${visible(line)}`;
    return line.trim() !== '' && orders.has(squeezed(line)) ? html`<mark class="suspicious">${text}</mark>` : text;
  })}`;
}
