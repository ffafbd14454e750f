// The tokenizers that are chosen, each with what it makes of the text, against the first: tokens, characters and bytes
// per token. Here they are chosen, added, taken away and put first.

import { html, nothing, type TemplateResult } from 'lit';
import type { TokenizerInfo } from '../../src/shared/messages.ts';
import type { TokensChoice } from '../../src/shared/tokensMessages.ts';
import { button, dropdown } from '../elements/controls.ts';
import { crossIcon, plusIcon, upIcon } from '../elements/icons.ts';
import { formatNumber, t } from '../l10n.ts';
import type { TokenData } from './tokenData.ts';

/** Most tokenizers that stand side by side. */
const MOST = 4;

export interface TokenizerBarOptions {
  readonly choice: TokensChoice;
  /** What there is already; of another choice while this one is on its way. */
  readonly columns: readonly TokenData[];
  /** The column that is looked at. */
  readonly column: number;
  /** In how many places a column cuts otherwise than the first. */
  readonly differenceCount: (column: number) => number;
  readonly onChoose: (chosen: readonly string[]) => void;
  readonly onColumn: (column: number) => void;
}

export function tokenizerBar(options: TokenizerBarOptions): TemplateResult {
  const { chosen } = options.choice;
  return html`<ul class="tokenizers" aria-label=${t('Tokenizers')}>
    ${chosen.map((_, column) => row(column, options))}
  </ul>`;
}

/** One more to compare with, or one from a file. */
export function tokenizerButtons(
  { available, chosen }: TokensChoice,
  options: {
    readonly onChoose: (chosen: readonly string[]) => void;
    /** Asks for a file, to take the place of the column that is looked at. */
    readonly onOpenFile: () => void;
  },
): TemplateResult {
  const free = available.find(({ id }) => !chosen.includes(id));
  return html`${
    free === undefined || chosen.length >= MOST
      ? nothing
      : button({
          label: t('Compare with another'),
          icon: plusIcon,
          onClick: () => options.onChoose([...chosen, free.id]),
        })
  }
  ${button({
    label: t('Open tokenizer.json…'),
    title: t('Cuts the text with a tokenizer from a file, in the place of the one that is looked at'),
    onClick: options.onOpenFile,
  })}`;
}

function row(column: number, options: TokenizerBarOptions): TemplateResult {
  const { choice, onChoose, onColumn } = options;
  const { available, chosen } = choice;
  const id = chosen[column] as string;
  const info = available.find((candidate) => candidate.id === id);
  const several = chosen.length > 1;
  const looked = several && column === options.column;
  const without = chosen.filter((_, index) => index !== column);
  return html`<li class=${looked ? 'looked' : ''}>
    ${
      several
        ? html`<button
            class="number pick"
            aria-pressed=${looked}
            title=${t('Look at the tokens of this one')}
            @click=${() => onColumn(column)}
          >
            <span class="sr">${t('Look at the tokens of')} ${info?.label ?? id}</span>
            <span aria-hidden="true">${column + 1}</span>
          </button>`
        : nothing
    }
    <div class="which" title=${info?.detail ?? id}>
      ${dropdown({
        label: several ? t('Tokenizer {0}', column + 1) : t('Tokenizer'),
        value: id,
        options: grouped(available),
        onChange: (value) => onChoose(exchanged(chosen, column, value)),
      })}
    </div>
    ${figures(column, options)}
    ${
      several
        ? html`<span class="moves">
            ${
              column === 0
                ? nothing
                : button({
                    label: t('Compare the others with {0}', info?.label ?? id),
                    icon: upIcon,
                    iconOnly: true,
                    onClick: () => onChoose([id, ...without]),
                  })
            }
            ${button({
              label: t('Take {0} away', info?.label ?? id),
              icon: crossIcon,
              iconOnly: true,
              onClick: () => onChoose(without),
            })}
          </span>`
        : nothing
    }
  </li>`;
}

/** What came of it; nothing until the tokens are there. */
function figures(column: number, { choice, columns, differenceCount }: TokenizerBarOptions): TemplateResult {
  const data = columns[column];
  const first = columns[0];
  const there = data?.encoding === choice.chosen[column] && first?.encoding === choice.chosen[0];
  if (data === undefined || first === undefined || !there) {
    return html`<span class="figures quiet">…</span>`;
  }
  const ratio = (amount: number) => (data.count === 0 ? '–' : formatNumber(amount / data.count, 2));
  const places = differenceCount(column);
  return html`<span class="figures">
    <span><strong class="number">${formatNumber(data.count)}</strong> ${data.count === 1 ? t('token') : t('tokens')}</span>
    ${column === 0 ? nothing : html`<span class="number against">${against(data.count, first.count)}</span>`}
    <span class="ratio"><span class="number">${ratio(data.characters)}</span> ${t('characters per token')}</span>
    <span class="ratio"><span class="number">${ratio(data.textBytes)}</span> ${t('bytes per token')}</span>
    ${
      column === 0
        ? nothing
        : html`<span>${places === 1 ? t('cut differently in one place') : t('cut differently in {0} places', places)}</span>`
    }
  </span>`;
}

/** `12.5% more than 1`, by the number of tokens. */
function against(count: number, first: number): string {
  if (first === 0 || count === first) {
    return t('as many as 1');
  }
  const share = (100 * Math.abs(count - first)) / first;
  // Never 0 where they aren't the same.
  const shown = share < 0.1 ? t('under 0.1') : formatNumber(share, 1);
  return count > first ? t('{0}% more than 1', shown) : t('{0}% fewer than 1', shown);
}

/** The others keep their places; one that was chosen elsewhere changes places with the one that it replaces. */
function exchanged(chosen: readonly string[], column: number, id: string): string[] {
  const before = chosen[column] as string;
  return chosen.map((other, index) => (index === column ? id : other === id ? before : other));
}

function grouped(available: readonly TokenizerInfo[]) {
  const entry = ({ id, label }: TokenizerInfo) => ({ value: id, label });
  const opened = available.filter(({ id }) => id.startsWith('file:'));
  const shipped = available.filter(({ id }) => !id.startsWith('file:'));
  const heading = (label: string) => ({ value: `heading:${label}`, label: `— ${label} —`, disabled: true });
  return opened.length === 0
    ? shipped.map(entry)
    : [heading(t('Shipped')), ...shipped.map(entry), heading(t('Opened')), ...opened.map(entry)];
}
