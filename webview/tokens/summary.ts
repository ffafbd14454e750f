// What the panel shows, in one heading, and how many tokens, characters and bytes it has.

import { html, nothing, type TemplateResult } from 'lit';
import { warningIcon } from '../elements/icons.ts';
import { formatNumber, t } from '../l10n.ts';
import type { Loaded } from './loader.ts';

/** `prose.md · 3 selections, joined by line breaks · lines 4–20` */
export function heading({ name, what, selections, lines }: Loaded['subject']): TemplateResult {
  const which =
    what === 'text'
      ? t('A text from a lesson')
      : what === 'document'
        ? t('The whole file')
        : selections === undefined
          ? t('The selection')
          : t('{0} selections, joined by line breaks', selections);
  const where =
    lines === undefined || what === 'document'
      ? ''
      : lines[0] === lines[1]
        ? t('line {0}', lines[0])
        : t('lines {0}–{1}', lines[0], lines[1]);
  return html`<h1>
    ${name === undefined ? '' : html`<span class="name">${name}</span>`}
    <span class="which">${[which, where].filter((part) => part !== '').join(' · ')}</span>
  </h1>`;
}

/** The numbers; the ratios are what a vocabulary is judged by. */
export function summary({ data }: Loaded): TemplateResult {
  const { characters } = data;
  const bytes = data.bytes.length;
  const ratio = (amount: number) => (data.count === 0 ? '–' : formatNumber(amount / data.count, 2));
  const fact = (value: string, name: string, title = '') =>
    html`<li title=${title}><strong class="number">${value}</strong> ${name}</li>`;
  return html`<ul class="summary small">
    ${fact(formatNumber(data.count), data.count === 1 ? t('token') : t('tokens'))}
    ${fact(formatNumber(characters), characters === 1 ? t('character') : t('characters'), t('Unicode code points'))}
    ${fact(formatNumber(bytes), bytes === 1 ? t('byte') : t('bytes'), 'UTF-8')}
    ${fact(ratio(characters), t('characters per token'))} ${fact(ratio(bytes), t('bytes per token'))}
    ${fact(data.encoding, t('(GPT-2)'), t('The encoding'))}
  </ul>`;
}

/** Says that the text is not whole Unicode, and what the encoder makes of it. */
export function surrogateWarning(count: number): TemplateResult | typeof nothing {
  if (count === 0) {
    return nothing;
  }
  const text =
    count === 1
      ? t(
          'The text holds a lone surrogate, half of a pair. It has no UTF-8: GPT-2 sees U+FFFD (EF BF BD) in its place.',
        )
      : t(
          'The text holds {0} lone surrogates, halves of pairs. They have no UTF-8: GPT-2 sees U+FFFD (EF BF BD) in their place.',
          count,
        );
  return html`<p class="warning small">${warningIcon} ${text}</p>`;
}
