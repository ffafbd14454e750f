// The passages that were found, each with its scores; the threshold, which is dragged; and what the reader takes out or
// pins. What files say is shown as text; lines that read like orders to the model are pointed at.

import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { AskHit, SuspiciousLine } from '../../src/shared/askMessages.ts';
import type { SearchHit } from '../../src/shared/searchMessages.ts';
import { button } from '../elements/controls.ts';
import { warningIcon } from '../elements/icons.ts';
import { formatNumber, t } from '../l10n.ts';
import { type Marks, type Standing, standingOf } from './passageChoice.ts';
import { widen } from './questionPart.ts';

export interface PassagesPart {
  readonly hits: readonly AskHit[];
  readonly threshold: number;
  /** That of the settings. */
  readonly usual: number;
  readonly marks: Marks;
  /** The number of each passage that is in the prompt, by its chunk. */
  readonly numbers: ReadonlyMap<number, number>;
  /** Chunks that have no room in the prompt. */
  readonly dropped: readonly number[];
  readonly folders: ReadonlyMap<string, string>;
  readonly onThreshold: (threshold: number) => void;
  readonly onKeep: () => void;
  readonly onMark: (chunk: number, mark: 'in' | 'out' | undefined) => void;
  readonly onOpen: (hit: SearchHit, line?: number) => void;
}

export function passagesPart(part: PassagesPart): TemplateResult {
  const { hits, threshold, usual, onThreshold, onKeep } = part;
  return html`<div class="threshold">
      <label for="threshold">${t('Threshold')}</label>
      <input
        id="threshold"
        type="range"
        min="0"
        max="1"
        step="0.01"
        .value=${String(threshold)}
        aria-describedby="threshold-says"
        @input=${(event: Event) => onThreshold(Number((event.currentTarget as HTMLInputElement).value))}
      />
      <output for="threshold" class="number">${threshold.toFixed(2)}</output>
      ${threshold === usual ? nothing : button({ label: t('Keep this threshold'), onClick: onKeep })}
    </div>
    <p id="threshold-says" class="caption">
      ${t('Passages whose similarity lies below it stay out of the prompt. With none above it the answer is "Not in these files", and nothing is sent.')}
    </p>
    <ol class="hits" ${ref((list) => (list as HTMLElement | undefined)?.style.setProperty('--threshold', String(threshold)))}>
      ${hits.map((hit) => passage(hit, part))}
    </ol>`;
}

function passage(one: AskHit, part: PassagesPart): TemplateResult {
  const { threshold, marks, numbers, dropped, folders, onMark, onOpen } = part;
  const { hit, similarity, suspicious } = one;
  const standing = standingOf(one, threshold, marks);
  const number = numbers.get(hit.chunk);
  const folder = folders.size > 1 ? `${folders.get(hit.root) ?? ''} › ` : '';
  const place = `${folder}${hit.path}:${hit.startLine}–${hit.endLine}`;
  const mark = marks.get(hit.chunk);
  const isOut = standing === 'below' || standing === 'out';
  return html`<li class=${isOut ? 'hit out' : 'hit'} data-standing=${standing}>
    <div class="hit-head">
      <span class="cite" aria-hidden="true">${number === undefined ? '–' : `[${number}]`}</span>
      <button class="link" @click=${() => onOpen(hit)}>${place}</button>
      ${hit.names.length === 0 ? nothing : html`<span class="quiet small">${hit.names.join(' › ')}</span>`}
      <span class="standing small">${standingSays(standing, dropped.includes(hit.chunk))}</span>
    </div>
    <div class="scores small">
      <span class="bar" ${ref((bar) => widen(bar, similarity))} aria-hidden="true"><span class="fill"></span></span>
      <span>${t('similarity')} <span class="number">${similarity.toFixed(3)}</span></span>
      <span>${t('words')} <span class="number">${hit.lexical === null ? '–' : formatNumber(hit.lexical.score, 2)}</span></span>
      <span>${t('rank score')} <span class="number">${hit.score === 0 ? '–' : formatNumber(hit.score, 4)}</span></span>
      <span class="row acts">
      ${button({
        label: mark === 'in' ? t('Unpin') : t('Pin'),
        title: t('In the prompt whatever its score, and first: {0}', place),
        pressed: mark === 'in',
        onClick: () => onMark(hit.chunk, mark === 'in' ? undefined : 'in'),
      })}
      ${button({
        label: mark === 'out' ? t('Put back') : t('Take out'),
        title: t('Not in the prompt whatever its score: {0}', place),
        pressed: mark === 'out',
        onClick: () => onMark(hit.chunk, mark === 'out' ? undefined : 'out'),
      })}
      </span>
    </div>
    ${suspicious.length === 0 ? nothing : warning(one, onOpen)}
    <details class="text">
      <summary>${t('Text')}</summary>
      <pre class="scroll" tabindex="0" aria-label=${t('Text of {0}', place)}>${lined(hit.text, suspicious)}</pre>
    </details>
  </li>`;
}

function standingSays(standing: Standing, dropped: boolean): string {
  if (dropped) {
    return t('no room in the prompt');
  }
  switch (standing) {
    case 'above':
      return t('in the prompt');
    case 'below':
      return t('below the threshold');
    case 'pinned':
      return t('pinned');
    case 'out':
      return t('taken out');
  }
}

function warning({ hit, suspicious }: AskHit, onOpen: PassagesPart['onOpen']): TemplateResult {
  return html`<div class="warning">
    ${warningIcon}
    <div>
      ${suspicious.slice(0, 3).map(
        ({ line, why }) =>
          html`<p>
            <button class="link" @click=${() => onOpen(hit, line)}>${t('Line {0}', String(line))}</button>
            ${whySays(why)}
          </p>`,
      )}
      ${suspicious.length > 3 ? html`<p>${t('And {0} more lines.', suspicious.length - 3)}</p>` : nothing}
      <p>${t('It is passed on as data, and nothing in it is carried out. Take the passage out if you don’t trust it.')}</p>
    </div>
  </div>`;
}

function whySays(why: SuspiciousLine['why']): string {
  switch (why) {
    case 'instruction':
      return t('reads like an order to the model.');
    case 'role':
      return t('speaks as if it were a system message.');
    case 'control':
      return t('holds marks by which models tell who speaks; they are broken up in the prompt.');
    case 'hidden':
      return t('holds characters that people can’t see and models read.');
  }
}

/** A text with its suspicious lines marked; what can't be seen is made visible. */
export function lined(text: string, suspicious: readonly SuspiciousLine[]): TemplateResult {
  const parts: (string | TemplateResult)[] = [];
  let at = 0;
  for (const { start, end } of suspicious) {
    parts.push(
      visible(text.slice(at, start)),
      html`<mark class="suspicious">${visible(text.slice(start, end))}</mark>`,
    );
    at = end;
  }
  parts.push(visible(text.slice(at)));
  return html`${parts}`;
}

/** Characters without a shape, and what a terminal would obey, as their numbers. */
export function visible(text: string): string {
  return text.replace(
    /[\u{E0000}-\u{E007F}\u200B-\u200F\u2060\u202A-\u202E\u2066-\u2069\uFEFF]|[^\P{Cc}\t\n\r]/gu,
    (character) => `‹U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}›`,
  );
}
