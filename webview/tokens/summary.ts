// What the panel shows, in one heading, how much of it there is, and what is broken in it.

import { html, nothing, type TemplateResult } from 'lit';
import { warningIcon } from '../elements/icons.ts';
import { formatNumber, t } from '../l10n.ts';
import type { Loaded } from './loader.ts';

/** `prose.md · 3 selections, joined by line breaks · lines 4–20` */
export function heading({ name, what, selections, lines }: Loaded['subject']): TemplateResult {
  const which =
    what === 'text'
      ? t('A text of its own')
      : what === 'document'
        ? t('The whole file')
        : selections === undefined
          ? t('The selection')
          : t('{0} selections, joined by line breaks', selections);
  const where =
    lines === undefined || what !== 'selection'
      ? ''
      : lines[0] === lines[1]
        ? t('line {0}', lines[0])
        : t('lines {0}–{1}', lines[0], lines[1]);
  return html`<h1>
    ${name === undefined ? '' : html`<span class="name">${name}</span>`}
    <span class="which">${[which, where].filter((part) => part !== '').join(' · ')}</span>
  </h1>`;
}

/** How much text there is, whoever cuts it. */
export function size({ columns: [data] }: Loaded): TemplateResult | typeof nothing {
  if (data === undefined) {
    return nothing;
  }
  const { characters, textBytes } = data;
  return html`<p class="size small">
    <span title=${t('Unicode code points')}
      ><strong class="number">${formatNumber(characters)}</strong> ${characters === 1 ? t('character') : t('characters')}</span
    >
    <span title="UTF-8"
      ><strong class="number">${formatNumber(textBytes)}</strong> ${textBytes === 1 ? t('byte') : t('bytes')}</span
    >
  </p>`;
}

/** Says that the text is not whole Unicode, and what the tokenizer makes of it. */
export function surrogateWarning(count: number): TemplateResult | typeof nothing {
  if (count === 0) {
    return nothing;
  }
  const text =
    count === 1
      ? t(
          'The text holds a lone surrogate, half of a pair. It has no UTF-8: the tokenizer sees U+FFFD (EF BF BD) in its place.',
        )
      : t(
          'The text holds {0} lone surrogates, halves of pairs. They have no UTF-8: the tokenizer sees U+FFFD (EF BF BD) in their place.',
          count,
        );
  return html`<p class="warning small">${warningIcon} ${text}</p>`;
}
