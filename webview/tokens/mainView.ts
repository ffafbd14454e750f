// What stands in the middle of the panel: the text, the table, or both, the findings, the vocabulary, the gauge.

import { html, type TemplateResult } from 'lit';
import type { Calls } from '../../src/shared/messages.ts';
import { t } from '../l10n.ts';
import { findingsView } from './findingsView.ts';
import { infoOf, type Loaded, labelOf } from './loader.ts';
import type { PanelState } from './panelState.ts';
import type { Tab } from './tabs.ts';
import './tableView.ts';
import type { TokensTable } from './tableView.ts';
import './textView.ts';
import type { TokenEvent, TokensText } from './textView.ts';
import './vocabularyView.ts';
import type { VocabularyFindEvent } from './vocabularyView.ts';
import './windowsView.ts';

export interface MainViewOptions {
  readonly tab: Tab;
  /** Text and table side by side. */
  readonly both: boolean;
  readonly loaded: Loaded;
  readonly state: PanelState;
  readonly calls: Calls;
  /** Shows a token of the current column in the editor. */
  readonly onReveal: (token: number) => void;
  /** Looks for an id in the text. */
  readonly onFind: (id: number) => void;
}

export function mainView(options: MainViewOptions): TemplateResult {
  const { tab, both, loaded, state, calls, onFind } = options;
  switch (tab) {
    case 'text':
      return both
        ? html`<div class="both">
            <section aria-label=${t('Text')}>${text(options)}</section>
            <section aria-label=${t('Table')}>${table(options)}</section>
          </div>`
        : text(options);
    case 'table':
      return table(options);
    case 'findings':
      return findingsView(state, {
        label: labelOf(loaded, state.column),
        specialTokens: loaded.subject.choice.specialTokens,
        lossy: infoOf(loaded, state.data?.encoding ?? '')?.byteLevel === false,
      });
    case 'vocabulary':
      return html`<vocabulary-view
        .calls=${calls}
        .data=${state.data}
        .label=${labelOf(loaded, state.column)}
        .revision=${state.revision}
        @vocabulary-find=${(event: VocabularyFindEvent) => onFind(event.detail.id)}
      ></vocabulary-view>`;
    case 'windows':
      return html`<context-windows
        .calls=${calls}
        .columns=${state.columns}
        .label=${labelOf(loaded, 0)}
        .revision=${state.revision}
        .specialTokens=${loaded.subject.choice.specialTokens}
      ></context-windows>`;
  }
}

function text(options: MainViewOptions): TemplateResult {
  const { loaded, state } = options;
  return html`<tokens-text
    .columns=${state.columns}
    .labels=${loaded.subject.choice.chosen.map((_, column) => labelOf(loaded, column))}
    .column=${state.column}
    .current=${state.current}
    .moves=${state.moves}
    .hovered=${state.hovered}
    .hits=${state.hits}
    .differing=${state.differing}
    .flagged=${state.findings.marked}
    @token-choose=${(event: TokenEvent) => choose(event, options)}
    @token-hover=${(event: TokenEvent) => state.hover(event.detail)}
  ></tokens-text>`;
}

function table(options: MainViewOptions): TemplateResult {
  const { state } = options;
  return html`<tokens-table
    .data=${state.data}
    .column=${state.column}
    .current=${state.current}
    .moves=${state.moves}
    .revision=${state.revision}
    .hovered=${state.hovered.column === state.column ? state.hovered.token : -1}
    .hits=${state.hits}
    @token-choose=${(event: TokenEvent) => choose(event, options)}
    @token-hover=${(event: TokenEvent) => state.hover(event.detail)}
  ></tokens-table>`;
}

function choose({ detail: { column, token, reveal } }: TokenEvent, { state, onReveal }: MainViewOptions): void {
  state.choose(column, token);
  if (reveal === true) {
    onReveal(token);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tokens-text': TokensText;
    'tokens-table': TokensTable;
  }
}
