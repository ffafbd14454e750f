// The current token, and what can be done with it and with all of them.

import { html, nothing, type TemplateResult } from 'lit';
import { button } from '../elements/controls.ts';
import { warningIcon } from '../elements/icons.ts';
import { t } from '../l10n.ts';
import type { Actions } from './actions.ts';
import { infoOf, type Loaded, labelOf } from './loader.ts';
import { NOWHERE, type PanelState } from './panelState.ts';
import { overlapping } from './ranges.ts';
import './readout.ts';
import type { Noted } from './readout.ts';

export function footer(options: {
  readonly loaded: Loaded;
  readonly state: PanelState;
  readonly actions: Actions;
}): TemplateResult {
  const { loaded, state, actions } = options;
  const { notice } = actions;
  const column = state.hovered === NOWHERE || state.hovered.column < 0 ? state.column : state.hovered.column;
  const token = column === state.hovered.column ? state.hovered.token : state.current;
  const data = state.columns[column];
  const several = state.columns.length > 1;
  const info = infoOf(loaded, state.data?.encoding ?? '');
  const none = (state.data?.count ?? 0) === 0;
  return html`<footer>
    <tokens-readout
      .data=${data}
      .token=${token}
      .revision=${state.revision}
      .label=${several ? labelOf(loaded, column) : undefined}
      .noted=${notedAt(state, column, token)}
      .specialTokens=${loaded.subject.choice.specialTokens}
      .differs=${data !== undefined && token < data.count && token >= 0 && overlapping(state.differing, data.start(token), data.end(token)) >= 0}
    ></tokens-readout>
    <div class="row actions">
      ${
        loaded.subject.what === 'text'
          ? nothing
          : button({
              label: t('Show in editor'),
              title: t('Selects the token in the editor (Enter, or a double click)'),
              disabled: none,
              onClick: () => void actions.reveal(state.current),
            })
      }
      ${
        info?.kind === 'words'
          ? nothing
          : button({
              label: t('Explain'),
              title: t('Opens the step view: how the tokenizer cuts the word that the token stands in'),
              disabled: none,
              onClick: () => void actions.explain(),
            })
      }
      ${button({ label: t('Copy ids'), onClick: () => void actions.copyIds() })}
      ${several ? button({ label: t('Copy ids of all'), onClick: () => void actions.copyAllIds() }) : nothing}
      ${button({ label: t('Copy JSON'), onClick: () => void actions.copyJson() })}
      <span role="status" class="small">
        ${
          notice === undefined
            ? nothing
            : html`<span class=${notice.bad ? 'warning' : 'quiet'}>${notice.bad ? warningIcon : nothing} ${notice.text}</span>`
        }
      </span>
    </div>
  </footer>`;
}

/** What was found at a token. */
function notedAt({ columns, findings }: PanelState, column: number, token: number): Noted[] {
  const data = columns[column];
  if (data === undefined || token < 0 || token >= data.count) {
    return [];
  }
  const [start, end] = [data.start(token), data.end(token)];
  return findings.at(start, end, column).map((flag) => {
    const ranges = findings.of(flag, column);
    const at = overlapping(ranges, start, end);
    const text = data.text.slice(ranges.starts[at], ranges.ends[at]);
    return { flag, text, specials: flag === 'special' ? findings.specialsSpelled(text) : [] };
  });
}
